using Microsoft.AspNetCore.DataProtection;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>The link that ends mails of one event for one person, without a log-in. It says whose and which, and cannot be made by anybody else.</summary>
public sealed class Unsubscribing(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("SupportLive.Unsubscribe");

    public string Token(Guid account, string @event) => protector.Protect($"{account:N}/{@event}");

    /// <summary>Null for what was never given out.</summary>
    public (Guid Account, string Event)? Read(string? token)
    {
        if (token is not { Length: > 0 and < 1000 }) return null;
        try
        {
            return protector.Unprotect(token).Split('/') is [var id, var name] && Guid.TryParse(id, out var account) ? (account, name) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
