using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>Saved views: everybody on the staff has own ones, managers share some with all.</summary>
public sealed class SavedViews(IDbContextFactory<SupportDb> dbs, Signals signals)
{
    /// <summary>The <see cref="SettingsChanged.Key"/> that tells open pages to read them again.</summary>
    public const string Changed = "views";

    /// <summary>Characters of a query.</summary>
    public const int LongestQuery = 1000;

    private const int Most = 50;

    /// <summary>Shared ones first, then the own, by name.</summary>
    public async Task<Outcome<IReadOnlyList<SavedViewView>>> All(Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var views = await db.SavedViews.AsNoTracking().Where(v => v.Shared || v.OwnerId == actor.Id).OrderByDescending(v => v.Shared).ThenBy(v => v.Name).ThenBy(v => v.Id).Take(200).ToListAsync(ct);
        return views.ConvertAll(v => Of(v, actor));
    }

    private static SavedViewView Of(SavedView view, Actor actor) => new(view.Id, view.Name, view.Query, view.Shared, MayChange(view, actor), view.Version);

    // What is shared belongs to those who manage, whoever has made it.
    private static bool MayChange(SavedView view, Actor actor) => view.Shared ? actor.May(Permissions.SettingsManage) : view.OwnerId == actor.Id;

    /// <summary>Refused: invalid (name 1–60, query at most 1,000 characters, fifty at most per person), forbidden for sharing without the permission to manage settings.</summary>
    public async Task<Outcome<SavedViewView>> Create(Actor actor, string? name, string? query, bool shared, CancellationToken ct)
    {
        if (Check(actor, name, query, shared) is { } refusal) return refusal;
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.SavedViews.CountAsync(v => v.OwnerId == actor.Id, ct) >= Most) return Refusal.Invalid("name", $"You have {Most} views; delete one first.");
        var view = new SavedView { Id = Guid.CreateVersion7(), OwnerId = actor.Id, Name = name!.Trim(), Query = query ?? "", Shared = shared };
        db.SavedViews.Add(view);
        if (shared) Record(db, actor, Acts.ViewShared, view, null);
        return await Saved(db, view, actor, ct);
    }

    // What is one's own is nobody's business; what is shared is everybody's.
    private static void Record(SupportDb db, Actor actor, string act, SavedView view, object? before) =>
        Audit.Record(db, actor, act, new("view", view.Id.ToString(), view.Name), before, act == Acts.ViewDeleted ? null : Recorded(view));

    private static object Recorded(SavedView view) => new { view.Name, view.Query, view.Shared };

    private static Refusal? Check(Actor actor, string? name, string? query, bool shared)
    {
        if (!actor.IsStaff) return Refusal.Forbidden();
        if (shared && !actor.May(Permissions.SettingsManage)) return NotYoursToShare;
        return new Check().Text("name", "The name", name, 1, 60)
            .That(name?.AsSpan().IndexOfAny('\r', '\n') is null or -1, "name", "The name must be one line.")
            .Text("query", "The query", query, 0, LongestQuery).Refusal;
    }

    private static Refusal NotYoursToShare { get; } = Refusal.Forbidden("Only who manages settings shares views and changes shared ones.");

    /// <summary>
    /// As <see cref="Create"/>. Forbidden for a shared view without the permission to manage settings, not_found for a view of somebody else;
    /// <c>stale_version</c>, with the view as it stands, when somebody has changed it since <paramref name="version"/>.
    /// </summary>
    public async Task<Outcome<SavedViewView>> Change(Actor actor, Guid id, string? name, string? query, bool shared, int? version, CancellationToken ct)
    {
        if (Check(actor, name, query, shared) is { } refusal) return refusal;
        await using var db = await dbs.CreateDbContextAsync(ct);
        var found = await Find(db, actor, id, ct);
        if (!found.Ok) return found.Refusal;
        var view = found.Value;
        if (version is { } known && known != view.Version) return Stale(view, actor);
        var (before, wasShared) = (Recorded(view), view.Shared);
        (view.Name, view.Query, view.Shared, view.Version) = (name!.Trim(), query ?? "", shared, view.Version + 1);
        if (shared || wasShared) Record(db, actor, wasShared ? Acts.ViewChanged : Acts.ViewShared, view, before);
        return await Saved(db, view, actor, ct);
    }

    private static async Task<Outcome<SavedView>> Find(SupportDb db, Actor actor, Guid id, CancellationToken ct) =>
        await db.SavedViews.SingleOrDefaultAsync(v => v.Id == id, ct) is not { } view ? Refusal.NotFound("view")
        : MayChange(view, actor) ? view
        : view.Shared && actor.IsStaff ? NotYoursToShare : Refusal.NotFound("view");

    private static Refusal Stale(SavedView current, Actor actor) => Settings.Stale with { Current = Of(current, actor) };

    public async Task<Outcome<Done>> Delete(Actor actor, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var found = await Find(db, actor, id, ct);
        if (!found.Ok) return found.Refusal;
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        if (found.Value.Shared)
        {
            Record(db, actor, Acts.ViewDeleted, found.Value, Recorded(found.Value));
            await db.SaveChangesAsync(ct);
        }

        if (await db.SavedViews.Where(v => v.Id == id).ExecuteDeleteAsync(ct) == 0) return Refusal.NotFound("view");
        await tx.CommitAsync(ct);
        signals.Send(new SettingsChanged(Changed));
        return new Done();
    }

    private async Task<Outcome<SavedViewView>> Saved(SupportDb db, SavedView view, Actor actor, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear(); // changed or deleted between our look and our write
            var found = await Find(db, actor, view.Id, ct);
            return found.Ok ? Stale(found.Value, actor) : found.Refusal;
        }

        signals.Send(new SettingsChanged(Changed));
        return Of(view, actor);
    }
}
