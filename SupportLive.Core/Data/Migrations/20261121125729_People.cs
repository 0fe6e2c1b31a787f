using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace SupportLive.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class People : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "roles",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<bool>(
                name: "retired",
                table: "categories",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "categories",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_seen_at",
                table: "accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "clock_timestamp()"),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor = table.Column<string>(type: "text", nullable: true),
                    address = table.Column<string>(type: "text", nullable: true),
                    act = table.Column<string>(type: "text", nullable: false),
                    subject_kind = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<string>(type: "text", nullable: true),
                    subject = table.Column<string>(type: "text", nullable: true),
                    before = table.Column<string>(type: "jsonb", nullable: true),
                    after = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_act_id",
                table: "audit",
                columns: new[] { "act", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_actor_id_id",
                table: "audit",
                columns: new[] { "actor_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_at",
                table: "audit",
                column: "at");

            // Lines are added and never touched again, by whatever door; also not by a session that has turned triggers off for itself.
            migrationBuilder.Sql("""
                create function audit_keeps() returns trigger language plpgsql as $$
                begin
                  raise exception 'The audit log only grows: % is refused.', lower(tg_op) using errcode = 'integrity_constraint_violation';
                end $$;
                create trigger audit_keeps before update or delete or truncate on audit for each statement execute function audit_keeps();
                alter table audit enable always trigger audit_keeps;
                """);

            // For searching among many people; without the extension the list is walked.
            migrationBuilder.Sql("""
                do $$ begin
                  create extension if not exists pg_trgm;
                  create index ix_accounts_letters on accounts using gin (email gin_trgm_ops, display_name gin_trgm_ops);
                exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
                  raise notice 'pg_trgm is not available: %', sqlerrm;
                end $$
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop index if exists ix_accounts_letters");

            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.Sql("drop function audit_keeps()");

            migrationBuilder.DropColumn(
                name: "version",
                table: "roles");

            migrationBuilder.DropColumn(
                name: "retired",
                table: "categories");

            migrationBuilder.DropColumn(
                name: "version",
                table: "categories");

            migrationBuilder.DropColumn(
                name: "last_seen_at",
                table: "accounts");
        }
    }
}
