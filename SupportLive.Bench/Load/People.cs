using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace SupportLive.Bench.Load;

/// <summary>
/// Accounts made straight in the database, with tokens made with the server's key: hashing passwords is slow on purpose and is not
/// what is measured. From here on everything goes through the doors.
/// </summary>
internal sealed class People(string database, string key, Uri url)
{
    private readonly HttpClient http = new() { BaseAddress = url };

    public async Task<Person[]> Make(string role, int count)
    {
        await using var data = NpgsqlDataSource.Create(database);
        await using var command = data.CreateCommand(
            """
            with made as (
                insert into accounts (id, display_name, created_at, access_changed_at, user_name, normalized_user_name, email, normalized_email,
                    email_confirmed, security_stamp, concurrency_stamp, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
                select id, name, now(), now() - interval '1 day', name || '@bench.test', upper(name || '@bench.test'), name || '@bench.test', upper(name || '@bench.test'), true, id::text, id::text, false, false, true, 0
                from (select gen_random_uuid() as id, $1 || '-' || substr(gen_random_uuid()::text, 1, 12) as name from generate_series(1, $2)) n
                returning id
            ), given as (insert into account_roles (user_id, role_id) select made.id, roles.id from made, roles where roles.name = $1)
            select id from made
            """);
        command.Parameters.Add(new() { Value = role });
        command.Parameters.Add(new() { Value = count });
        var people = new List<Person>();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync()) people.Add(new Person(row.GetGuid(0), Token(row.GetGuid(0))));
        return [.. people];
    }

    /// <summary>Somebody whose security stamp is the id, as with everybody whom the bench makes.</summary>
    public Person Known(Guid id) => new(id, Token(id));

    private string Token(Guid id)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var head = Encode(Encoding.UTF8.GetBytes("""{"alg":"HS256","typ":"JWT"}"""));
        var body = Encode(JsonSerializer.SerializeToUtf8Bytes(new { iss = "SupportLive", aud = "SupportLive", sub = id, stamp = id, family = id, iat = now, nbf = now, exp = now + 7200 }));
        return $"{head}.{body}.{Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes($"{head}.{body}")))}";
    }

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    /// <summary>A ticket in progress: opened by the customer, accepted by the agent, by REST.</summary>
    public async Task<Guid> Room(Person customer, Person agent)
    {
        var (id, _) = await Open(customer);
        using var accepted = await Post(agent, $"/api/tickets/{id}/accept", new { });
        return id;
    }

    /// <summary>A ticket that waits.</summary>
    public async Task<(Guid Id, long Number)> Open(Person customer, string subject = "A room of the bench")
    {
        using var opened = await Post(customer, "/api/tickets", new { subject, description = "The printer on the second floor does not print since this morning.", category = "general", priority = "medium" });
        var ticket = await opened.Content.ReadFromJsonAsync<JsonElement>();
        return (ticket.GetProperty("id").GetGuid(), ticket.GetProperty("number").GetInt64());
    }

    public Task<HttpResponseMessage> Post(Person who, string path, object body) => Send(HttpMethod.Post, who, path, body);

    public Task<HttpResponseMessage> Put(Person who, string path, object body) => Send(HttpMethod.Put, who, path, body);

    private async Task<HttpResponseMessage> Send(HttpMethod method, Person who, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", who.Token);
        var response = await http.SendAsync(request);
        return response.IsSuccessStatusCode ? response : throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }
}

internal sealed record Person(Guid Id, string Token);
