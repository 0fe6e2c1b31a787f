using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SupportLive.Core.Accounts;
using SupportLive.Core.Health;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Web.Health;

/// <summary>A zip with what somebody needs who is to help from afar; without secrets, addresses of people, and what people wrote.</summary>
public sealed class SupportBundle(SystemQueries queries, IConfiguration configuration)
{
    private const string About =
        """
        What SupportLive knows about itself at this moment, as one node sees it.

        system.json      nodes, traffic, database, jobs
        health.json      the checks, and how to fix what they found
        errors.json      the last warnings and errors of this node
        versions.json    SupportLive, .NET, the operating system, PostgreSQL
        migrations.json  what the database has
        settings.json    the configuration; secrets are only said to be set

        It holds no passwords, keys or tokens, and nothing that customers or agents wrote. Look before you send it on.
        """;

    private static readonly JsonSerializerOptions Json = new(Wire.Json) { WriteIndented = true };

    public async Task<Outcome<byte[]>> Pack(Actor actor, CancellationToken ct)
    {
        var seen = await queries.Read(actor, ct);
        if (!seen.Ok) return seen.Refusal;
        var view = seen.Value;
        using var file = new MemoryStream();
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            await Text(zip, "README.txt", About, ct);
            await Write(zip, "system.json", view with { Errors = [], Checks = [] }, ct);
            await Write(zip, "health.json", view.Checks, ct);
            await Write(zip, "errors.json", view.Errors, ct);
            await Write(zip, "versions.json", new { supportLive = view.Version, runtime = RuntimeInformation.FrameworkDescription, system = RuntimeInformation.OSDescription, cores = Environment.ProcessorCount, postgreSql = view.Database?.Shape.Version }, ct);
            await Write(zip, "migrations.json", view.Database?.Shape.Migrations, ct);
            await Write(zip, "settings.json", ShownSettings.Of(configuration), ct);
        }

        return file.ToArray();
    }

    private static Task Write<T>(ZipArchive zip, string name, T value, CancellationToken ct) => Text(zip, name, JsonSerializer.Serialize(value, Json), ct);

    private static async Task Text(ZipArchive zip, string name, string text, CancellationToken ct)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync(ct);
        await entry.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
    }
}
