using System.Text.Json;
using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>What the contract asks of a client: while the answer is unknown, try again with the same client id, on any node, with full jitter between.</summary>
internal sealed class Persistence(Ledger ledger, CancellationToken giveUp)
{
    private static readonly string[] Expected = ["busy", "no answer", "line lost", "not connected", "cut by the client"];

    public async Task<Operation> Settle(Operation operation, Random random, Func<int, Task<Answer>> attempt)
    {
        while (true)
        {
            var answer = await attempt(operation.Attempts++);
            if (answer.Ending != Ending.Unknown || giveUp.IsCancellationRequested) return Write(operation, answer);
            operation.Met.Add($"{Moment.Seconds(Moment.Now)} {answer.Code}");
            if (Array.IndexOf(Expected, answer.Code) < 0) ledger.Odd($"{operation.Deed}: {answer.Code}");
            await Jitter.Wait(operation.Attempts - 1, random, CancellationToken.None);
        }
    }

    private static Operation Write(Operation operation, Answer answer)
    {
        operation.Code = answer.Code;
        if (answer.Ending == Ending.Ok && answer.Value.ValueKind == JsonValueKind.Object)
        {
            if (operation.Writes) (operation.Seq, operation.Entry) = (answer.Value.GetProperty("seq").GetInt32(), answer.Value.GetProperty("id").GetGuid());
            if (operation.Deed == Deed.Open) operation.Ticket = answer.Value.GetProperty("id").GetGuid();
        }

        if (answer.Ending == Ending.Fail && answer.Code == "ticket_already_accepted" && answer.Value.TryGetProperty("by", out var by) && by.ValueKind == JsonValueKind.Object)
            operation.By = by.GetProperty("id").GetGuid();
        operation.Ended = Moment.Now;
        operation.Ending = answer.Ending;
        return operation;
    }
}

/// <summary>Exponential back-off with full jitter: anywhere between now and the bound, so that a crowd does not come back as one.</summary>
internal static class Jitter
{
    public static Task Wait(int failures, Random random, CancellationToken ct) =>
        Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * Math.Min(4000, 150 * Math.Pow(2, Math.Min(failures, 6)))), ct);
}
