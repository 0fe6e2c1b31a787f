using System.Security.Cryptography;
using Npgsql;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>By which address somebody answers a ticket: one for each person and ticket, of 130 random bits.</summary>
public sealed class ReplyAddresses(NpgsqlDataSource database, MailOptions options)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Null while this installation takes no answers.</summary>
    public async Task<string?> For(Guid account, Guid ticket, CancellationToken ct)
    {
        if (!options.TakesReplies) return null;
        string? token;
        while ((token = await Given(account, ticket, ct)) is null) ct.ThrowIfCancellationRequested();
        return options.ReplyTo!.Insert(options.ReplyTo!.LastIndexOf('@'), $"+{token}");
    }

    // Null when somebody else gave one in this instant, which this statement does not see and the next one does.
    private async Task<string?> Given(Guid account, Guid ticket, CancellationToken ct)
    {
        await using var give = database.CreateCommand(
            """
            with made as (insert into reply_addresses (token, account_id, ticket_id) values ($1, $2, $3) on conflict (ticket_id, account_id) do nothing returning token)
            select token from made union all select token from reply_addresses where ticket_id = $3 and account_id = $2 limit 1
            """);
        foreach (var value in (object[])[RandomNumberGenerator.GetString(Letters, 26), account, ticket]) give.Parameters.Add(new() { Value = value });
        return await give.ExecuteScalarAsync(ct) as string;
    }

    /// <summary>The token in an address of this installation; null for any other address.</summary>
    public string? Token(string address)
    {
        var at = options.ReplyTo?.LastIndexOf('@') ?? -1;
        if (at < 0) return null;
        var (before, after) = (options.ReplyTo![..at] + "+", options.ReplyTo[at..]);
        return address.StartsWith(before, StringComparison.OrdinalIgnoreCase) && address.EndsWith(after, StringComparison.OrdinalIgnoreCase) && address.Length > before.Length + after.Length
            ? address[before.Length..^after.Length].ToLowerInvariant()
            : null;
    }
}
