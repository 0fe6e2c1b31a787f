using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Accounts;

/// <summary>What narrows the audit log.</summary>
/// <param name="Actor">The id of an account.</param>
/// <param name="Act">Out of <see cref="Acts"/>.</param>
/// <param name="From">Not before.</param>
/// <param name="To">Before.</param>
/// <param name="Text">Part of a name (of who acted or of what it was done to) or of a network address, at most 100 characters.</param>
public sealed record AuditFilter(Guid? Actor = null, string? Act = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Text = null)
{
    public Refusal? Check() => new Check().That(string.IsNullOrEmpty(Act) || Acts.All.Contains(Act), "act", "Choose act out of: " + string.Join(", ", Acts.All) + ".")
        .That(From is null || To is null || From < To, "to", "The end is behind the beginning.")
        .Text("q", "The search text", Text, 0, 100).Refusal;
}

/// <summary>Reads the audit log, newest first.</summary>
public sealed class AuditQueries(IDbContextFactory<SupportDb> dbs, Actors actors)
{
    public const int PageSize = 100;

    private const int ExportPage = 500;

    /// <param name="before">The id that the last page ended with.</param>
    public async Task<Outcome<IReadOnlyList<AuditView>>> Page(Actor actor, AuditFilter filter, long? before, CancellationToken ct)
    {
        if (!actor.May(Permissions.AuditRead)) return Refusal.Forbidden();
        return filter.Check() is { } refusal ? refusal : await Read(filter, before, PageSize, ct);
    }

    private async Task<AuditView[]> Read(AuditFilter filter, long? before, int size, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        IQueryable<AuditEntry> entries = db.Audit.AsNoTracking();
        if (before is { } last) entries = entries.Where(e => e.Id < last);
        if (filter.Actor is { } who) entries = entries.Where(e => e.ActorId == who);
        if (filter.Act is { Length: > 0 } act) entries = entries.Where(e => e.Act == act);
        if (filter.From?.ToUniversalTime() is { } from) entries = entries.Where(e => e.At >= from);
        if (filter.To?.ToUniversalTime() is { } to) entries = entries.Where(e => e.At < to);
        if (filter.Text?.Trim() is { Length: > 0 } text && "%" + text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%" is var like)
            entries = entries.Where(e => EF.Functions.ILike(e.Actor!, like) || EF.Functions.ILike(e.Subject!, like) || EF.Functions.ILike(e.Address!, like));
        return [.. (await entries.OrderByDescending(e => e.Id).Take(size).ToListAsync(ct)).Select(View)];
    }

    private static AuditView View(AuditEntry e) => new(
        e.Id, e.At, e.Actor is null ? null : new AuditActor(e.ActorId, e.Actor), e.Address, e.Act, new AuditSubjectView(e.SubjectKind, e.SubjectId, e.Subject), Json(e.Before), Json(e.After));

    private static JsonElement? Json(string? text) => text is null ? null : JsonSerializer.Deserialize<JsonElement>(text);

    /// <summary>
    /// Everything that the filter leaves, page by page, as the reader is quick to take it. The right is looked up again before each page, and the pages
    /// end with <see cref="UnauthorizedAccessException"/> when it is gone, so that nobody takes a part for the whole.
    /// </summary>
    public async IAsyncEnumerable<AuditView> Export(Actor actor, AuditFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        for (long? before = null; ;)
        {
            if (await actors.Find(actor.Id, ct) is not { } access || !access.Actor.May(Permissions.AuditRead)) throw new UnauthorizedAccessException("The right to read the audit log was withdrawn during the export.");
            var page = await Read(filter, before, ExportPage, ct);
            foreach (var entry in page) yield return entry;
            if (page.Length < ExportPage) yield break;
            before = page[^1].Id;
        }
    }
}
