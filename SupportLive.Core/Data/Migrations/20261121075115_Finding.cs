using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using NpgsqlTypes;

#nullable disable

namespace SupportLive.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Finding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tickets_assignee_id_status",
                table: "tickets");

            migrationBuilder.CreateTable(
                name: "saved_views",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    query = table.Column<string>(type: "text", nullable: false),
                    shared = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_views", x => x.id);
                    table.ForeignKey(
                        name: "fk_saved_views_accounts_owner_id",
                        column: x => x.owner_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "search_entries",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    ticket_id = table.Column<Guid>(type: "uuid", nullable: false),
                    feed = table.Column<short>(type: "smallint", nullable: false),
                    seq = table.Column<int>(type: "integer", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    words = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "search_words",
                columns: table => new
                {
                    word = table.Column<string>(type: "text", nullable: false),
                    entries = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_words", x => x.word);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateIndex(
                name: "ix_tickets_assignee_id_created_at_number",
                table: "tickets",
                columns: new[] { "assignee_id", "created_at", "number" },
                filter: "assignee_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_assignee_id_updated_at_number",
                table: "tickets",
                columns: new[] { "assignee_id", "updated_at", "number" },
                filter: "assignee_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_escalated",
                table: "tickets",
                columns: new[] { "created_at", "number" },
                filter: "escalated_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_live",
                table: "tickets",
                columns: new[] { "status", "assignee_id" },
                filter: "status in ('open', 'in_progress', 'resolved')");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_tags",
                table: "tickets",
                column: "tags",
                filter: "tags <> '{}'")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_unassigned",
                table: "tickets",
                columns: new[] { "created_at", "number" },
                filter: "assignee_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_saved_views_owner_id",
                table: "saved_views",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_saved_views_shared",
                table: "saved_views",
                column: "shared",
                filter: "shared");

            migrationBuilder.CreateIndex(
                name: "ix_search_entries_at_id",
                table: "search_entries",
                columns: new[] { "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_search_entries_customer_id_at_id",
                table: "search_entries",
                columns: new[] { "customer_id", "at", "id" },
                filter: "customer_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_search_entries_ticket_id_feed_seq",
                table: "search_entries",
                columns: new[] { "ticket_id", "feed", "seq" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_search_entries_words",
                table: "search_entries",
                column: "words")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:StorageParameter:gin_pending_list_limit", 1024);

            // Highest priority first, then oldest: two directions, which an index on plain columns cannot follow with one comparison.
            migrationBuilder.Sql("create index ix_tickets_priority on tickets ((-priority), created_at, number)");

            // Letters in the middle of words, and misspelled ones, need trigrams. Where the extension is missing or may not be made, searches read
            // more rows and correct nothing.
            migrationBuilder.Sql("""
                do $$ begin
                  create extension if not exists pg_trgm;
                  create index ix_tickets_subject on tickets using gin (subject gin_trgm_ops);
                  create index ix_search_words_letters on search_words using gin (word gin_trgm_ops);
                exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
                  raise notice 'pg_trgm is not available: %', sqlerrm;
                end $$
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop index if exists ix_tickets_priority; drop index if exists ix_tickets_subject; drop index if exists ix_search_words_letters");

            migrationBuilder.DropTable(
                name: "saved_views");

            migrationBuilder.DropTable(
                name: "search_entries");

            migrationBuilder.DropTable(
                name: "search_words");

            migrationBuilder.DropIndex(
                name: "ix_tickets_assignee_id_created_at_number",
                table: "tickets");

            migrationBuilder.DropIndex(
                name: "ix_tickets_assignee_id_updated_at_number",
                table: "tickets");

            migrationBuilder.DropIndex(
                name: "ix_tickets_escalated",
                table: "tickets");

            migrationBuilder.DropIndex(
                name: "ix_tickets_live",
                table: "tickets");

            migrationBuilder.DropIndex(
                name: "ix_tickets_tags",
                table: "tickets");

            migrationBuilder.DropIndex(
                name: "ix_tickets_unassigned",
                table: "tickets");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_assignee_id_status",
                table: "tickets",
                columns: new[] { "assignee_id", "status" });
        }
    }
}
