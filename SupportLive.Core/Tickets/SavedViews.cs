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

    private const int Most = 50;

    /// <summary>Shared ones first, then the own, by name.</summary>
    public async Task<Outcome<IReadOnlyList<SavedViewView>>> All(Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var views = await db.SavedViews.AsNoTracking().Where(v => v.Shared || v.OwnerId == actor.Id).OrderByDescending(v => v.Shared).ThenBy(v => v.Name).ThenBy(v => v.Id).Take(200).ToListAsync(ct);
        return views.ConvertAll(v => Of(v, actor));
    }

    private static SavedViewView Of(SavedView view, Actor actor) => new(view.Id, view.Name, view.Query, view.Shared, MayChange(view, actor));

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
        return await Saved(db, view, actor, ct);
    }

    private static Refusal? Check(Actor actor, string? name, string? query, bool shared)
    {
        if (!actor.IsStaff || (shared && !actor.May(Permissions.SettingsManage))) return Refusal.Forbidden("Only who manages settings shares views.");
        return new Check().Text("name", "The name", name, 1, 60).Text("query", "The query", query, 0, 1000).Refusal;
    }

    /// <summary>As <see cref="Create"/>; not_found for those that are not the caller's to change.</summary>
    public async Task<Outcome<SavedViewView>> Change(Actor actor, Guid id, string? name, string? query, bool shared, CancellationToken ct)
    {
        if (Check(actor, name, query, shared) is { } refusal) return refusal;
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.SavedViews.SingleOrDefaultAsync(v => v.Id == id, ct) is not { } view || !MayChange(view, actor)) return Refusal.NotFound("view");
        (view.Name, view.Query, view.Shared) = (name!.Trim(), query ?? "", shared);
        return await Saved(db, view, actor, ct);
    }

    public async Task<Outcome<Done>> Delete(Actor actor, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.SavedViews.SingleOrDefaultAsync(v => v.Id == id, ct) is not { } view || !MayChange(view, actor)) return Refusal.NotFound("view");
        db.SavedViews.Remove(view);
        await Saved(db, view, actor, ct);
        return new Done();
    }

    private async Task<SavedViewView> Saved(SupportDb db, SavedView view, Actor actor, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        signals.Send(new SettingsChanged(Changed));
        return Of(view, actor);
    }
}
