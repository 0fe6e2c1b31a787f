using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SupportLive.Core.Accounts;

/// <summary>The secret of an invitation. It names the account and its security stamp, so a newer one, and having accepted, end it.</summary>
internal sealed class InviteTokens(IDataProtectionProvider protection, IOptions<InviteTokenOptions> options, ILogger<DataProtectorTokenProvider<Account>> log)
    : DataProtectorTokenProvider<Account>(protection, options, log)
{
    internal const string Purpose = "invite";
}

internal sealed class InviteTokenOptions : DataProtectionTokenProviderOptions
{
    public InviteTokenOptions() => (Name, TokenLifespan) = ("SupportLive.Invite", TimeSpan.FromDays(7));
}
