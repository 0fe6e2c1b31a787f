using System.Net.WebSockets;
using System.Text.Json;
using SupportLive.Bench.Chaos.Ground;
using SupportLive.Bench.Chaos.History;
using SupportLive.Bench.Load;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>One person at a hub: stays connected, resumes from what was shown last, writes down everything that is shown.</summary>
internal sealed class Client(Person person, Reader reader, Ledger ledger, WebNode[] nodes, int home, Random random)
{
    private const int Stretch = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Seen seen = new(reader);
    private readonly Outages outages = new();
    private volatile Line? line;
    private volatile TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int connection;
    private int node = home;

    public Person Person => person;

    public Reader Reader => reader;

    public Outages Outages => outages;

    /// <summary>The next message is sent, and the socket cut before its answer can come.</summary>
    public bool CutNext { get; set; }

    public bool IsConnected => line is { Ended.IsCompleted: false };

    /// <summary>Those that it has joined.</summary>
    public IReadOnlyList<Guid> Tickets => seen.All();

    public bool IsWhole(Guid ticket, int publicSeq, int staffSeq) => seen.IsWhole(ticket, publicSeq, staffSeq);

    /// <summary>Connects, again and again, until the run is over.</summary>
    public async Task Run(CancellationToken ct)
    {
        for (var failures = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                await using var open = await Line.Open(nodes[node % nodes.Length].Url, person.Token, Pushed, ct);
                seen.Connected(++connection);
                if (await Resume(open, seen.All()))
                {
                    line = open;
                    failures = 0;
                    outages.Over();
                    connected.TrySetResult();
                    await Resume(open, seen.Unasked()); // joined while the first were asked for
                    await open.Ended.WaitAsync(ct);
                }
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
            {
                // not reachable now
            }

            if (line is not null) connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
            line = null;
            outages.Begun();
            node++; // whatever was wrong, the other one may be better
            if (!ct.IsCancellationRequested) await Jitter.Wait(failures++, random, CancellationToken.None);
        }
    }

    /// <summary>Joins, now if connected and at every connection from now on.</summary>
    public async Task Watch(Guid ticket)
    {
        seen.Add(ticket);
        if (line is { } open) await Resume(open, [ticket]);
    }

    /// <summary>Asks once more for everything, as after an interruption.</summary>
    public async Task<bool> Resume() => line is { } open && await Resume(open, seen.All());

    private async Task<bool> Resume(Line open, IReadOnlyList<Guid> tickets)
    {
        foreach (var chunk in tickets.Chunk(Stretch))
        {
            var rest = chunk;
            seen.Ask(rest);
            while (rest.Length > 0)
            {
                var answer = await open.Call("resume", [rest.Select(seen.Place).ToArray()]);
                if (answer.Ending != Ending.Ok)
                {
                    if (answer.Ending == Ending.Fail) ledger.Odd($"resume refused: {answer.Code}");
                    open.Cut();
                    return false;
                }

                rest = [.. rest.Zip(answer.Value.EnumerateArray(), Take).OfType<Guid>()];
            }
        }

        return true;
    }

    // The ticket, if there is more to ask for.
    private Guid? Take(Guid ticket, JsonElement conversation)
    {
        if (conversation.TryGetProperty("refusal", out var refusal))
        {
            ledger.Odd($"resume of a ticket refused: {refusal.GetProperty("code").GetString()}");
            seen.Remove(ticket);
            return null;
        }

        return seen.Answered(ticket, conversation) ? ticket : null;
    }

    private void Pushed(string kind, JsonElement payload)
    {
        if (kind == "interrupted") _ = Resume();
        else seen.Pushed(kind, payload);
    }

    /// <summary>Stops reading for a while; the connection stays open from this side.</summary>
    public async Task StopReading(TimeSpan pause, CancellationToken ct)
    {
        if (line is { } open) open.Reading = Task.Delay(pause, ct);
        await Task.Delay(pause, ct);
    }

    public void Cut() => line?.Cut();

    /// <summary>Calls a method once, for what is expected to be refused.</summary>
    public Task<Answer> Try(string method, params object?[] arguments) => line is { } open ? open.Call(method, arguments) : Task.FromResult(Answer.Silence("not connected"));

    /// <summary>Sends once connected, as an outbox does: what waits goes out behind the resume.</summary>
    public async Task<Answer> Say(Operation message)
    {
        await Task.WhenAny(connected.Task, Task.Delay(Patience));
        if (line is not { } open) return Answer.Silence("not connected");
        var cut = CutNext;
        CutNext = false;
        return await open.Call("message", [new { ticketId = message.Ticket, clientId = message.ClientId, body = message.Body, @internal = message.Deed == Deed.Note }], cut);
    }
}
