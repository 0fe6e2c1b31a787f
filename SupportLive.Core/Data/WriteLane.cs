using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Data;

/// <summary>
/// One queue of writes and the loop that empties it, batch by batch, in order: while one batch is being written the next one gathers, so an idle
/// system adds no delay and a busy one shares round trips and commits. What is answered has been committed.
/// </summary>
internal abstract class WriteLane<TWrite, T>(string name, NpgsqlDataSource database, Meters meters, OutageLog outages, ILogger log) where TWrite : PendingWrite<T>
{
    private const int QueueLimit = 10_000;
    private const int BatchLimit = 512;

    private readonly Channel<TWrite> queue = Channel.CreateBounded<TWrite>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });
    private readonly List<TWrite> held = [];

    // Its own session, kept: the pool would hand out another one for each batch, with cold caches and its statements still to be planned.
    private NpgsqlConnection? session;

    /// <summary>
    /// Refused as busy when too much waits already, or the database does not answer. Then it is unknown whether it was stored, and a retry with
    /// the same client id finds out.
    /// </summary>
    public Task<Outcome<T>> Write(TWrite pending) => queue.Writer.TryWrite(pending) ? pending.Answer : Task.FromResult<Outcome<T>>(Refusal.Busy);

    /// <summary>Nothing new from here on; what waits is still written.</summary>
    public void Close() => queue.Writer.TryComplete();

    public async Task Run()
    {
        meters.Lane(name, () => queue.Reader.Count);
        while (held.Count > 0 || await queue.Reader.WaitToReadAsync())
        {
            await Task.Yield(); // lets calls that have arrived already join this batch; an idle system loses nothing by it
            await Write(Gather());
        }

        await EndSession();
    }

    private async Task EndSession()
    {
        var ending = session;
        session = null;
        try
        {
            if (ending is not null) await ending.DisposeAsync();
        }
        catch (Exception e) when (Outage.Is(e))
        {
            outages.Failed(e); // it broke while it was being closed, which is as good as closed
        }
    }

    // Two writes with one key never share a batch: the second must see the first in the database.
    private List<TWrite> Gather()
    {
        var gathered = new List<TWrite>(64);
        var keys = new HashSet<object>();
        var later = new List<TWrite>();
        foreach (var pending in held) Place(pending);
        while (gathered.Count < BatchLimit && queue.Reader.TryRead(out var pending)) Place(pending);
        held.Clear();
        held.AddRange(later);
        return gathered;

        void Place(TWrite pending) => (pending.Key is not { } key || keys.Add(key) ? gathered : later).Add(pending);
    }

    private async Task Write(List<TWrite> pending)
    {
        try
        {
            session ??= await database.OpenConnectionAsync();
            while (pending.Count > 0)
            {
                using var trace = Meters.Traces.StartActivity("write batch")?.SetTag("lane", name).SetTag("size", pending.Count);
                pending = await Write(session, pending);
            }
        }
        catch (Exception e) when (Outage.Is(e))
        {
            await EndSession();
            outages.Failed(e);
            foreach (var p in pending) p.Settle(Refusal.Busy);
        }
        catch (Exception) when (pending.Count > 1)
        {
            // Something that the database refuses outright: whoever sent it must not take the others down.
            foreach (var p in pending) await Write([p]);
        }
        catch (Exception e)
        {
            log.LogError(e, "{What} could not be written", typeof(TWrite).Name);
            pending[0].Fail(e);
        }
    }

    protected Meters Counts => meters;

    /// <summary>The batch has been committed.</summary>
    protected void Wrote(int writes, long since) => meters.Wrote(name, writes, since);

    /// <summary>Stores a batch in one transaction, publishes, and settles what it can; answers with those that are to be written again.</summary>
    protected abstract Task<List<TWrite>> Write(NpgsqlConnection session, List<TWrite> pending);
}

/// <summary>A write on its way through its lane, and the caller's wait for it.</summary>
internal abstract class PendingWrite<T>
{
    private readonly TaskCompletionSource<Outcome<T>> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What no two writes of one batch may have in common.</summary>
    public abstract object? Key { get; }

    public Task<Outcome<T>> Answer => answer.Task;

    public void Settle(Outcome<T> outcome) => answer.TrySetResult(outcome);

    public void Fail(Exception e) => answer.TrySetException(e);
}
