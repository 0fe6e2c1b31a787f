using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;

namespace SupportLive.Web.Accounts;

/// <summary>Access tokens: JWT (RFC 7519), HS256, good for <see cref="Lifetime"/>. They name the account; its rights are looked up at every use.</summary>
public sealed class AccessTokens(SymmetricSecurityKey key, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Name = "SupportLive";
    private readonly JsonWebTokenHandler handler = new();
    private readonly SigningCredentials credentials = new(key, SecurityAlgorithms.HmacSha256);

    public string Create(Access access, Guid family)
    {
        var now = time.GetUtcNow();
        return handler.CreateToken(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = Name,
            ["aud"] = Name,
            ["sub"] = access.Actor.Id.ToString(),
            [Principals.Stamp] = access.Stamp,
            [Principals.Family] = family.ToString(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
        }), credentials);
    }

    /// <summary>The token's claims, if we made it and its time is not over.</summary>
    public JsonWebToken? Read(string token)
    {
        if (token.Length > 4096) return null;
        var result = handler.ValidateToken(token, new TokenValidationParameters
        {
            ValidIssuer = Name,
            ValidAudience = Name,
            IssuerSigningKey = key,
            ValidateIssuerSigningKey = true,
            RequireExpirationTime = true,
            LifetimeValidator = (from, to, _, _) => Holds(from, to),
        });
        return result.IsValid ? (JsonWebToken)result.SecurityToken : null;
    }

    private bool Holds(DateTime? from, DateTime? to)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return from - TimeSpan.FromMinutes(5) <= now && to > now; // another node's clock may be ahead
    }

    /// <summary>The configured key, or one that is made once and kept in the data folder. Refuses a weak or missing one in Production.</summary>
    public static SymmetricSecurityKey Key(string? configured, string dataFolder, bool mayGenerate)
    {
        if (configured is { Length: > 0 })
        {
            var bytes = Encoding.UTF8.GetBytes(configured);
            return bytes.Length >= 32 ? new(bytes) : throw new StartupRefusal(string.Create(CultureInfo.InvariantCulture, $"Auth__SigningKey has {bytes.Length} bytes; it must have at least 32. Make one with: openssl rand -base64 48"));
        }

        if (!mayGenerate) throw new StartupRefusal("Auth__SigningKey is missing. Set it to at least 32 bytes, the same on all nodes; make one with: openssl rand -base64 48");
        Directory.CreateDirectory(dataFolder);
        var file = Path.Combine(dataFolder, "signing.key");
        if (!File.Exists(file))
        {
            File.WriteAllText(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new(Encoding.UTF8.GetBytes(File.ReadAllText(file).Trim()));
    }
}
