using Microsoft.Extensions.Logging;

namespace SupportLive.Core.Health;

/// <summary>The last warnings and errors of this node, in memory: a hundred that differ, each with how often and when. Without secrets and people's words.</summary>
public sealed class LastErrors(TimeProvider time) : ILoggerProvider
{
    private const int Most = 100;

    private readonly Lock turn = new();
    private readonly LinkedList<ErrorView> errors = []; // newest first

    public IReadOnlyList<ErrorView> Read()
    {
        lock (turn) return [.. errors];
    }

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var now = time.GetUtcNow();
        var said = exception is null ? null : Redaction.Exception(exception);
        lock (turn)
        {
            var known = errors.FirstOrDefault(e => e.Category == category && e.Message == message && e.Exception == said);
            if (known is not null) errors.Remove(known);
            errors.AddFirst(known is not null
                ? known with { Count = known.Count + 1, LastAt = now }
                : new ErrorView(level == LogLevel.Warning ? "warning" : "error", category, message, said, exception is null ? [] : Redaction.Stack(exception), 1, now, now));
            if (errors.Count > Most) errors.RemoveLast();
        }
    }

    public ILogger CreateLogger(string categoryName) => new Page(this, categoryName);

    public void Dispose() { }

    private sealed class Page(LastErrors errors, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) errors.Write(logLevel, category, Redaction.Record(state, formatter(state, null)), exception);
        }
    }
}
