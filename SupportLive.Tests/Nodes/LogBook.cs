using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SupportLive.Tests.Nodes;

/// <summary>What a node writes to its log, from the moment that this is opened.</summary>
public sealed class LogBook : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Line)> lines = [];

    private LogBook() { }

    public IReadOnlyList<(LogLevel Level, string Line)> Lines => [.. lines];

    /// <summary>For a node that was started with <see cref="All"/>.</summary>
    public static LogBook Of(TestNode node)
    {
        var book = new LogBook();
        node.The<ILoggerFactory>().AddProvider(book);
        return book;
    }

    public static string[] All { get; } = ["--Logging:LogLevel:Default=Information", "--Logging:LogLevel:Microsoft=Warning", "--Logging:Console:LogLevel:Default=None", "--Logging:Console:LogLevel:SupportLive=None", "--Logging:Console:LogLevel:Microsoft=None"];

    public ILogger CreateLogger(string categoryName) => new Page(categoryName, lines);

    public void Dispose() { }

    private sealed class Page(string category, ConcurrentQueue<(LogLevel, string)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, $"{category}: {formatter(state, exception)} {exception}"));
    }
}
