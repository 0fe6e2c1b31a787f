using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration.Json;
using Npgsql;
using SupportLive.Core.Health;

namespace SupportLive.Web.Health;

/// <summary>The configuration as others may see it: what appsettings.json names, and OpenTelemetry's keys. The rest of the environment is nobody's business.</summary>
internal static partial class ShownSettings
{
    private const string Set = "(set)";

    [GeneratedRegex("key|secret|password|pwd|token|credential|header|cookie|salt|certificate|signature|account|user", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    public static IReadOnlyDictionary<string, string> Of(IConfiguration configuration)
    {
        var shown = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (value is null || !Named(configuration).Contains(key.Split(':')[0])) continue;
            shown[key] = value.Length == 0 ? "" : Show(key, value);
        }

        return shown;
    }

    private static HashSet<string> Named(IConfiguration configuration) =>
    [
        .. ((configuration as IConfigurationRoot)?.Providers ?? []).OfType<JsonConfigurationProvider>().SelectMany(p => p.GetChildKeys([], null)),
        .. configuration.GetChildren().Select(c => c.Key).Where(k => k.StartsWith("OTEL_", StringComparison.Ordinal)),
    ];

    private static string Show(string key, string value) =>
        key.StartsWith("ConnectionStrings:", StringComparison.OrdinalIgnoreCase) ? Address(value)
        : Secret().IsMatch(key) && !double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _) && !bool.TryParse(value, out _) ? Set
        : Redaction.Secrets(value);

    // Only what is known to be harmless, so that a new kind of secret is not shown by default.
    private static string Address(string value)
    {
        try
        {
            var at = new NpgsqlConnectionStringBuilder(value);
            return $"Host={at.Host};Port={at.Port};Database={at.Database};SSL Mode={at.SslMode};Pooling={at.Pooling};Maximum Pool Size={at.MaxPoolSize}";
        }
        catch (ArgumentException)
        {
            return Set;
        }
    }
}
