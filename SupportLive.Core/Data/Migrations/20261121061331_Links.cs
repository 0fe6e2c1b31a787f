using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SupportLive.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Links : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "follow_up_of",
                table: "tickets",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "last_move",
                table: "tickets",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "last_mover_id",
                table: "tickets",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into",
                table: "tickets",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_tickets_follow_up_of",
                table: "tickets",
                column: "follow_up_of",
                filter: "follow_up_of is not null");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_merged_into",
                table: "tickets",
                column: "merged_into",
                filter: "merged_into is not null");

            migrationBuilder.AddForeignKey(
                name: "fk_tickets_tickets_follow_up_of",
                table: "tickets",
                column: "follow_up_of",
                principalTable: "tickets",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_tickets_tickets_merged_into",
                table: "tickets",
                column: "merged_into",
                principalTable: "tickets",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_tickets_tickets_follow_up_of",
                table: "tickets");

            migrationBuilder.DropForeignKey(
                name: "fk_tickets_tickets_merged_into",
                table: "tickets");

            migrationBuilder.DropIndex(
                name: "ix_tickets_follow_up_of",
                table: "tickets");

            migrationBuilder.DropIndex(
                name: "ix_tickets_merged_into",
                table: "tickets");

            migrationBuilder.DropColumn(
                name: "follow_up_of",
                table: "tickets");

            migrationBuilder.DropColumn(
                name: "last_move",
                table: "tickets");

            migrationBuilder.DropColumn(
                name: "last_mover_id",
                table: "tickets");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "tickets");
        }
    }
}
