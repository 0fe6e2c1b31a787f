using Microsoft.AspNetCore.Identity;
using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;

namespace SupportLive.Bench.Scale;

/// <summary>Customers and agents; all with the demo's password, so that one can log in as any of them.</summary>
internal sealed class SeedPeople
{
    private readonly Guid[] customers;
    private readonly Guid[] agents;

    private SeedPeople(Guid[] customers, Guid[] agents) => (this.customers, this.agents) = (customers, agents);

    /// <summary>Some write far more often than others.</summary>
    public Guid Customer(Random random) => customers[(int)(customers.Length * Math.Pow(random.NextDouble(), 1.5))];

    public Guid Agent(Random random) => agents[(int)(agents.Length * Math.Pow(random.NextDouble(), 1.2))];

    public static SeedPeople Store(NpgsqlConnection connection, SeedWords words, int customerCount, int agentCount, DateTimeOffset since)
    {
        var people = new SeedPeople([.. Enumerable.Range(0, customerCount).Select(_ => Guid.CreateVersion7(since))], [.. Enumerable.Range(0, agentCount).Select(_ => Guid.CreateVersion7(since))]);
        var hash = new PasswordHasher<Account>().HashPassword(new Account { DisplayName = "" }, DemoSeed.Password);
        using (var rows = connection.BeginBinaryImport(
            """
            copy accounts (id, display_name, created_at, access_changed_at, user_name, normalized_user_name, email, normalized_email, email_confirmed, password_hash,
              security_stamp, concurrency_stamp, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count) from stdin (format binary)
            """))
        {
            for (var n = 0; n < customerCount; n++) Row(rows, people.customers[n], $"customer{n + 1}");
            for (var n = 0; n < agentCount; n++) Row(rows, people.agents[n], $"agent{n + 1}");
            rows.Complete();
        }

        using var roles = new NpgsqlCommand(
            "insert into account_roles (user_id, role_id) select p.id, r.id from (select unnest($1) as id, 'customer' as role union all select unnest($2), 'agent') p join roles r on r.name = p.role", connection)
        { Parameters = { new() { Value = people.customers }, new() { Value = people.agents } } };
        roles.ExecuteNonQuery();
        return people;

        void Row(NpgsqlBinaryImporter rows, Guid id, string login)
        {
            var email = $"{login}-{id.ToString("N")[^6..]}@seed.test";
            rows.StartRow();
            rows.Write(id);
            rows.Write(words.Person());
            rows.Write(since, NpgsqlDbType.TimestampTz);
            rows.Write(since, NpgsqlDbType.TimestampTz);
            foreach (var text in (string[])[email, email.ToUpperInvariant(), email, email.ToUpperInvariant()]) rows.Write(text, NpgsqlDbType.Varchar);
            rows.Write(true);
            rows.Write(hash);
            rows.Write(id.ToString());
            rows.Write(id.ToString());
            rows.Write(false);
            rows.Write(false);
            rows.Write(true);
            rows.Write(0);
        }
    }
}
