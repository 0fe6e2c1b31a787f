using System.Globalization;

namespace SupportLive.Bench.Machine;

/// <summary><c>--name value</c> pairs.</summary>
internal sealed class Options(string[] args)
{
    public int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public string? Text(string name) => Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
