using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Chat;

/// <summary>The lane of messages and notes.</summary>
internal sealed class WriterLane(NpgsqlDataSource database, LiveStream stream, Signals signals, Node node, Meters meters, OutageLog outages, ILogger log)
    : WriteLane<PendingMessage, Ack>("messages", database, meters, outages, log)
{
    private readonly MessageBatch batch = new(node.Id);

    // Those that the batch said nothing about yet, because others of it were refused, are written again.
    protected override async Task<List<PendingMessage>> Write(NpgsqlConnection session, List<PendingMessage> pending)
    {
        var since = Stopwatch.GetTimestamp();
        var answers = await batch.Write(session, pending);
        var committed = Stopwatch.GetTimestamp();
        Wrote(pending.Count, since);
        var stored = 0;
        foreach (var answer in answers)
        {
            if (answer.Posted is not { } posted) continue;
            stored++;
            posted.Committed = committed;
            stream.Publish(posted);
        }

        if (stored > 0)
        {
            Counts.Acked(stored);
            signals.Hint();
        }

        var again = new List<PendingMessage>();
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i].Outcome is { } outcome) pending[i].Settle(outcome);
            else again.Add(pending[i]);
        }

        return again;
    }
}
