using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SupportLive.Web.Health;
using Xunit;

namespace SupportLive.Tests.Health;

/// <summary>The console's log.</summary>
public sealed class LineFormatterTests
{
    [Fact]
    public void An_error_with_its_stack_is_one_line_without_secrets()
    {
        var line = Write(json: false);

        Assert.StartsWith("fail: ", line, StringComparison.Ordinal);
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line[..^1]);
        Assert.Contains(" The.Category: Saving … took 7 ms <- System.InvalidOperationException: Bad '…' | SupportLive.Tests.Health.LineFormatterTests.Break()", line, StringComparison.Ordinal);
        Assert.DoesNotContain("dog", line, StringComparison.Ordinal);
    }

    [Fact]
    public void As_json_it_is_one_object_a_line()
    {
        var line = Write(json: true);

        Assert.DoesNotContain('\n', line[..^1]);
        var record = JsonNode.Parse(line)!;
        Assert.Equal(("error", "The.Category", "Saving … took 7 ms"), (record["level"]!.GetValue<string>(), record["category"]!.GetValue<string>(), record["message"]!.GetValue<string>()));
        Assert.DoesNotContain("dog", line, StringComparison.Ordinal);
    }

    private static string Write(bool json)
    {
        var text = new StringWriter { NewLine = "\n" };
        KeyValuePair<string, object?>[] state = [new("Body", "my dog ate it"), new("Took", 7), new("{OriginalFormat}", "Saving {Body} took {Took} ms")];
        new LineFormatter(json).Write(new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(LogLevel.Error, "The.Category", default, state, Broken(), (_, _) => "Saving my dog ate it took 7 ms"), null, text);
        return $"{text}";
    }

    private static Exception Broken()
    {
        try
        {
            Break();
            return new NotSupportedException();
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Break() => throw new InvalidOperationException("Bad 'my dog ate it'\nand more");
}
