using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SupportLive.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Assignment : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid[]>(
                name: "excluded_agents",
                table: "tickets",
                type: "uuid[]",
                nullable: false,
                defaultValue: new Guid[0]);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "offer_expires_at",
                table: "tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "offer_seq",
                table: "tickets",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "offered_to_id",
                table: "tickets",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "agents",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "text", nullable: true),
                    chosen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    capacity = table.Column<int>(type: "integer", nullable: true),
                    categories = table.Column<string[]>(type: "text[]", nullable: false, defaultValueSql: "'{}'"),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ignored = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    version = table.Column<int>(type: "integer", nullable: false, defaultValue: 0)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agents", x => x.account_id);
                    table.ForeignKey(
                        name: "fk_agents_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "agents_alive",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    node = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agents_alive", x => new { x.account_id, x.node });
                });

            migrationBuilder.CreateIndex(
                name: "ix_tickets_offered_to_id",
                table: "tickets",
                column: "offered_to_id",
                filter: "offered_to_id is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agents");

            migrationBuilder.DropTable(
                name: "agents_alive");

            migrationBuilder.DropIndex(
                name: "ix_tickets_offered_to_id",
                table: "tickets");

            migrationBuilder.DropColumn(
                name: "excluded_agents",
                table: "tickets");

            migrationBuilder.DropColumn(
                name: "offer_expires_at",
                table: "tickets");

            migrationBuilder.DropColumn(
                name: "offer_seq",
                table: "tickets");

            migrationBuilder.DropColumn(
                name: "offered_to_id",
                table: "tickets");
        }
    }
}
