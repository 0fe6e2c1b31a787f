using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Chat;

/// <summary>One queue of the writer and the loop that empties it, batch by batch, in order.</summary>
internal sealed class WriterLane(NpgsqlDataSource database, LiveStream stream, Signals signals, Node node, OutageLog outages, ILogger log)
{
    private const int QueueLimit = 10_000;
    private const int BatchLimit = 512;

    private readonly Channel<PendingMessage> queue = Channel.CreateBounded<PendingMessage>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });
    private readonly MessageBatch batch = new(node.Id);
    private readonly List<PendingMessage> held = [];

    // Its own session, kept: the pool would hand out another one for each batch, with cold caches and its statements still to be planned.
    private NpgsqlConnection? session;

    public Task<Outcome<Ack>> Write(PendingMessage pending) =>
        queue.Writer.TryWrite(pending) ? pending.Answer : Task.FromResult<Outcome<Ack>>(Refusal.Busy);

    /// <summary>Nothing new from here on; what waits is still written.</summary>
    public void Close() => queue.Writer.TryComplete();

    public async Task Run()
    {
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

    // Two messages with one client id never share a batch: the second must see the first in the log.
    private List<PendingMessage> Gather()
    {
        var gathered = new List<PendingMessage>(64);
        var ids = new HashSet<(Guid, Guid, string)>();
        var later = new List<PendingMessage>();
        foreach (var pending in held) (ids.Add(pending.Key) ? gathered : later).Add(pending);
        while (gathered.Count < BatchLimit && queue.Reader.TryRead(out var pending)) (ids.Add(pending.Key) ? gathered : later).Add(pending);
        held.Clear();
        held.AddRange(later);
        return gathered;
    }

    private async Task Write(List<PendingMessage> pending)
    {
        try
        {
            session ??= await database.OpenConnectionAsync();
            while (pending.Count > 0) pending = Settle(pending, await batch.Write(session, pending));
        }
        catch (Exception e) when (Outage.Is(e))
        {
            await EndSession();
            outages.Failed(e);
            foreach (var p in pending) p.Settle(Refusal.Busy);
        }
        catch (Exception) when (pending.Count > 1)
        {
            // Something that the database refuses outright: whoever sent it must not take the others' messages down.
            foreach (var p in pending) await Write([p]);
        }
        catch (Exception e)
        {
            log.LogError(e, "A message could not be written");
            pending[0].Fail(e);
        }
    }

    /// <summary>Those that the batch said nothing about yet, because others of it were refused.</summary>
    private List<PendingMessage> Settle(List<PendingMessage> pending, BatchAnswer[] answers)
    {
        var stored = false;
        foreach (var answer in answers)
        {
            if (answer.Posted is not { } posted) continue;
            stored = true;
            stream.Publish(posted);
        }

        if (stored) signals.Hint();
        var again = new List<PendingMessage>();
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i].Outcome is { } outcome) pending[i].Settle(outcome);
            else again.Add(pending[i]);
        }

        return again;
    }
}
