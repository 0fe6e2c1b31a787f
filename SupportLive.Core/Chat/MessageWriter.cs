using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Chat;

/// <summary>
/// The hot path. Callers enqueue and wait; while one batch is being written the next one gathers, so an idle system adds no
/// delay and a busy one shares round trips and commits. What is acknowledged has been committed.
/// </summary>
public sealed class MessageWriter(NpgsqlDataSource database, LiveStream stream, Signals signals, Node node, ILogger<MessageWriter> log) : BackgroundService
{
    private const int QueueLimit = 20_000;
    private const int BatchLimit = 512;

    private readonly Channel<PendingMessage> queue = Channel.CreateBounded<PendingMessage>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });
    private readonly MessageBatch batch = new(node.Id);

    /// <summary>
    /// Refused as busy when too much waits already, or the database does not answer. Then it is unknown whether the message was
    /// stored, and a retry with the same client id finds out.
    /// </summary>
    public Task<Outcome<Ack>> Write(Actor actor, NewMessage message)
    {
        var pending = new PendingMessage(actor, message);
        return queue.Writer.TryWrite(pending) ? pending.Answer : Task.FromResult<Outcome<Ack>>(Refusal.Busy);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var held = new List<PendingMessage>();
        while (held.Count > 0 || await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var gathered = Gather(held);
            await Write(gathered);
        }
    }

    // Two messages with one client id never share a batch: the second must see the first in the log.
    private List<PendingMessage> Gather(List<PendingMessage> held)
    {
        var gathered = new List<PendingMessage>(held.Count + 16);
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
            await using var connection = await database.OpenConnectionAsync();
            var answers = await batch.Write(connection, pending);
            var stored = false;
            for (var i = 0; i < pending.Count; i++)
            {
                if (answers[i].Posted is not { } posted) continue;
                stored = true;
                stream.Publish(posted);
            }

            if (stored) signals.Hint();
            for (var i = 0; i < pending.Count; i++) pending[i].Settle(answers[i].Outcome);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            log.LogWarning("{Count} messages were not acknowledged because the database did not answer: {Reason}", pending.Count, e.Message);
            foreach (var p in pending) p.Settle(Refusal.Busy);
        }
        catch (Exception e)
        {
            log.LogError(e, "Writing a batch of {Count} messages failed", pending.Count);
            foreach (var p in pending) p.Fail(e);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete(); // nothing new; what waits is written before the process ends
        await base.StopAsync(cancellationToken);
    }
}

/// <summary>A message on its way through the writer, and the caller's wait for it.</summary>
internal sealed class PendingMessage(Actor actor, NewMessage message)
{
    private readonly TaskCompletionSource<Outcome<Ack>> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Actor Actor => actor;

    public NewMessage Message => message;

    public (Guid, Guid, string) Key => (message.TicketId, actor.Id, message.ClientId!);

    public Task<Outcome<Ack>> Answer => answer.Task;

    public void Settle(Outcome<Ack> outcome) => answer.TrySetResult(outcome);

    public void Fail(Exception e) => answer.TrySetException(e);
}

/// <summary>What became of one message of a batch.</summary>
internal readonly record struct BatchAnswer(Outcome<Ack> Outcome, MessagePosted? Posted);
