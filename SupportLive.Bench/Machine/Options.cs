using System.Globalization;

namespace SupportLive.Bench.Machine;

/// <summary><c>--name value</c> pairs.</summary>
internal sealed class Options(string[] args)
{
    private const string DefaultServer = "SupportLive.Web/bin/Release/net10.0/SupportLive.Web.dll";

    /// <summary>The server's assembly.</summary>
    public string Server => Text("server") ?? DefaultServer;

    public int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public string? Text(string name) => Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
