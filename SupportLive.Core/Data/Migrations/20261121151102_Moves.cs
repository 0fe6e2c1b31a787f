using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SupportLive.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Moves : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_timeline_moves",
                table: "timeline",
                columns: new[] { "kind", "at" },
                filter: "kind in ('ticket_accepted', 'ticket_assigned', 'ticket_rejected', 'ticket_escalated', 'ticket_resolved', 'ticket_reopened')")
                .Annotation("Npgsql:IndexInclude", new[] { "ticket_id", "author_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_timeline_moves",
                table: "timeline");
        }
    }
}
