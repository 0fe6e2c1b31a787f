using System.Text.Json;
using System.Text.Json.Nodes;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;

namespace SupportLive.Core.Tickets;

/// <summary>What happens to a ticket without anybody doing it.</summary>
public sealed partial class Ticket
{
    private (string Name, object Value)? cause;

    /// <summary>The moves that follow were made by this rule; the log says so in the place of an author.</summary>
    public void ByRule(string name) => cause = ("rule", name);

    /// <summary>Closes what has been solved for so many days.</summary>
    public void CloseAfter(int days, Guid node, DateTimeOffset now)
    {
        cause = ("afterDays", days);
        Close(Actor.SupportLive, node, now).Must();
    }

    /// <summary>What a rule did that concerns staff alone: whom it told, and that it found nobody. No change of the ticket, so no new version.</summary>
    public void Told(RuleFired told, Guid node, DateTimeOffset now) => recorded.Add(Entry(Feed.Staff, ++StaffSeq, Wire.RuleFired, Actor.SupportLive, now, node, told));

    private string? Because(object? data)
    {
        if (cause is not { } why) return data is null ? null : JsonSerializer.Serialize(data, Wire.Json);
        var node = data is null ? [] : JsonSerializer.SerializeToNode(data, Wire.Json)!.AsObject();
        node[why.Name] = JsonSerializer.SerializeToNode(why.Value, Wire.Json);
        return node.ToJsonString(Wire.Json);
    }
}

/// <summary>The data of a rule's entry in the staff feed.</summary>
/// <param name="Waited">What the ticket had waited for, in words.</param>
/// <param name="Notify">Who is notified: <c>managers</c>, <c>assignee</c>.</param>
/// <param name="Email">Who is written to: the same words, or addresses.</param>
/// <param name="NobodyAmong">Among whom somebody was looked for in vain: <c>best</c> of the agents, or <c>manager</c>. Null when that was not so.</param>
public sealed record RuleFired(string Rule, string Waited, IReadOnlyList<string> Notify, IReadOnlyList<string> Email, string? NobodyAmong = null);
