using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SupportLive.Core.Live;

namespace SupportLive.Core.Health;

/// <summary>Reads the figures once a second for all open system pages of this node together, and not at all while there is none.</summary>
public sealed class SystemWatch(SystemQueries queries, Signals signals, ILogger<SystemWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock turn = new();
    private TaskCompletionSource somebody = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int open;

    /// <summary>A page looks, until this is disposed.</summary>
    public IDisposable Open()
    {
        lock (turn)
        {
            if (open++ == 0) somebody.TrySetResult();
        }

        return new Page(this);
    }

    private void Close()
    {
        lock (turn)
        {
            if (--open == 0) somebody = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private Task Somebody
    {
        get
        {
            lock (turn) return somebody.Task;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Somebody.WaitAsync(stoppingToken);
            try
            {
                signals.Here(new SystemLooked(await queries.Look(stoppingToken)));
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "The figures of the system page could not be read");
            }

            await Task.Delay(Pause, stoppingToken);
        }
    }

    private sealed class Page(SystemWatch watch) : IDisposable
    {
        private int closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref closed, 1) == 0) watch.Close();
        }
    }
}
