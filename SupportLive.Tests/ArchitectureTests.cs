using System.Text.RegularExpressions;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests;

/// <summary>The arrows between the rooms, and what the style page forbids.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Rooms = ["Outcomes", "Accounts", "Live", "Tickets", "Chat", "Search", "Assignment", "Escalation", "Outbound", "Overview", "Reports", "Health"];

    // The database and the list of wire names may see all rooms; the list of services puts them together.
    private static readonly string[] SeesAll = ["SupportLive.Core/Live/Wire.cs", "SupportLive.Core/CoreServices.cs"];

    [GeneratedRegex(@"^using (?:static )?SupportLive\.(?<project>\w+)\.(?<room>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Uses();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum) (I)?\w*(Manager|Helper|Helpers|Utils|Utility|Service|Common|Repository|Mediator)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex EmptyWords();

    private static IEnumerable<(string Path, string Text)> Code => new[] { "SupportLive.Core", "SupportLive.Web", "SupportLive.Tests", "SupportLive.Bench" }.SelectMany(p => Sources.Files(p, ".cs", ".razor"));

    [Fact]
    public void Arrows_inside_core_point_left()
    {
        var wrong = from file in Sources.Files("SupportLive.Core", ".cs")
                    let room = Array.IndexOf(Rooms, file.Path.Split('/')[1])
                    where room >= 0 && !SeesAll.Contains(file.Path)
                    from Match use in Uses().Matches(file.Text)
                    where Array.IndexOf(Rooms, use.Groups["room"].Value) > room
                    select $"{file.Path} uses {use.Groups["room"].Value}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Core_knows_no_http_no_signalr_no_razor_and_no_web() =>
        Assert.Empty(Sources.Files("SupportLive.Core", ".cs").Where(f => Regex.IsMatch(f.Text, @"^using (SupportLive\.Web|Microsoft\.AspNetCore\.(Http|SignalR|Components|Mvc|Builder|Routing))", RegexOptions.Multiline | RegexOptions.ExplicitCapture)).Select(f => f.Path));

    [Fact]
    public void Every_room_is_known() => Assert.Subset(
        new HashSet<string>([.. Rooms, "Data"], StringComparer.Ordinal),
        Directory.GetDirectories(Sources.Of("SupportLive.Core")).Select(d => Path.GetFileName(d)!).Where(d => d is not ("bin" or "obj")).ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void Only_the_live_rooms_and_what_writes_the_log_publish()
    {
        string[] publishers = ["SupportLive.Core/Tickets/TicketLock.cs", "SupportLive.Core/Tickets/OpeningLane.cs", "SupportLive.Core/Chat/WriterLane.cs"];

        Assert.Empty(Code.Where(f => !InLive(f.Path) && !publishers.Contains(f.Path) && f.Text.Contains("stream.Publish(", StringComparison.Ordinal) && !f.Path.StartsWith("SupportLive.Tests", StringComparison.Ordinal)).Select(f => f.Path));
        Assert.Empty(Code.Where(f => !InLive(f.Path) && f.Text.Contains("IHubContext<", StringComparison.Ordinal) && !f.Path.StartsWith("SupportLive.Tests", StringComparison.Ordinal)).Select(f => f.Path));
    }

    private static bool InLive(string path) => path.Split('/') is [_, "Live", ..];

    [Fact]
    public void Only_who_moves_opens_or_writes_appends_to_the_log()
    {
        string[] writers = ["SupportLive.Core/Tickets/TicketLock.cs", "SupportLive.Core/Tickets/OpeningLane.cs", "SupportLive.Core/Chat/MessageBatch.cs", "SupportLive.Core/Data/DemoSeed.cs", "SupportLive.Core/Data/Migrator.cs"]; // the last only moves transaction ids of another cluster

        Assert.Empty(Sources.Files("SupportLive.Core", ".cs").Where(f => !writers.Contains(f.Path) && Regex.IsMatch(f.Text, @"Timeline\.Add|insert into timeline|update timeline|delete from timeline", RegexOptions.IgnoreCase)).Select(f => f.Path));
    }

    [Fact]
    public void No_file_is_longer_than_two_hundred_lines() =>
        Assert.Empty(Code.Select(f => (f.Path, Lines: f.Text.Count(c => c == '\n'))).Where(f => f.Lines > 200).Select(f => $"{f.Path}: {f.Lines}"));

    [Fact]
    public void No_type_is_named_after_nothing() =>
        Assert.Empty(Code.SelectMany(f => EmptyWords().Matches(f.Text).Select(m => $"{f.Path}: {m.Value}")));

    [Fact]
    public void Nothing_is_async_void_and_no_test_sleeps()
    {
        Assert.Empty(Code.Where(f => f.Text.Contains("async " + "void", StringComparison.Ordinal)).Select(f => f.Path));
        Assert.Empty(Sources.Files("SupportLive.Tests", ".cs").Where(f => f.Text.Contains("Thread." + "Sleep", StringComparison.Ordinal)).Select(f => f.Path));
    }
}
