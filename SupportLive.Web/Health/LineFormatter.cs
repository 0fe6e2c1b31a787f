using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using SupportLive.Core.Health;

namespace SupportLive.Web.Health;

/// <summary>The console's log: one line for each event, also for an exception with its stack, and never a token, a password or what people wrote (<see cref="Redaction"/>).</summary>
public sealed class LineFormatter(bool json) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = Redaction.Record(logEntry.State, logEntry.Formatter(logEntry.State, null));
        var exception = logEntry.Exception is { } error ? Redaction.Exception(error) : null;
        var stack = logEntry.Exception is { } thrown ? Redaction.Stack(thrown) : [];
        if (json)
        {
            textWriter.WriteLine(JsonSerializer.Serialize(new { at = DateTimeOffset.UtcNow, level = $"{logEntry.LogLevel}".ToLowerInvariant(), category = logEntry.Category, message, exception, stack = stack.Count > 0 ? stack : null }, Options));
            return;
        }

        textWriter.Write($"{Level(logEntry.LogLevel)}: {DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)} {logEntry.Category}: {message}");
        if (exception is not null) textWriter.Write($" <- {exception}");
        foreach (var place in stack) textWriter.Write($" | {place}");
        textWriter.WriteLine();
    }

    private static readonly JsonSerializerOptions Options = new(SupportLive.Core.Live.Wire.Json) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}

internal static class LineLogging
{
    /// <summary>Logs to the console line by line; as JSON with <c>Logging__Json=true</c>.</summary>
    public static ILoggingBuilder AddLines(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.AddConsole(o => o.FormatterName = LineFormatter.FormatterName);
        logging.Services.AddSingleton<ConsoleFormatter>(new LineFormatter(configuration.GetValue("Logging:Json", false)));
        return logging;
    }
}
