using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>What is to be changed about a category; what is null stays as it is.</summary>
/// <param name="Name">One line, 1–60 characters.</param>
/// <param name="Position">Its place in the list, from 1; the others move.</param>
/// <param name="Retired">Whether it is offered no more.</param>
/// <param name="Version">The version that this was decided on; null: whatever it is.</param>
public sealed record CategoryEdit(string? Name = null, int? Position = null, bool? Retired = null, int? Version = null);

/// <summary>What tickets can be about. Keys never change and categories are never deleted, because tickets, rules and reports name them.</summary>
public sealed partial class CategoryActions(IDbContextFactory<SupportDb> dbs, Settings settings, Signals signals)
{
    /// <summary>The <see cref="SettingsChanged.Key"/> that tells everybody to read them again.</summary>
    public const string Changed = "categories";

    public const int Most = 100;

    private const int LongestName = 60;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9_-]{0,38}[a-z0-9]\z")]
    private static partial Regex KeyForm();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotKey();

    /// <summary>Behind the others. Refused as invalid: a key that is none or taken, a name that is missing, too long or taken, a hundred categories.</summary>
    /// <param name="key">2–40 lower-case letters, digits, hyphens and underscores; null: made of the name.</param>
    public async Task<Outcome<CategoryView>> Add(Actor actor, string? key, string? name, CancellationToken ct)
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        if (CheckName(new Check(), name).Refusal is { } refusal) return refusal;
        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var tx = await Begin(db, ct);
        var all = await db.Categories.ToListAsync(ct);
        key = string.IsNullOrWhiteSpace(key) ? Free(NotKey().Replace(name!.Trim().ToLowerInvariant(), "-").Trim('-'), all) : key;
        var check = new Check().That(KeyForm().IsMatch(key), "key", "A key has 2 to 40 lower-case letters, digits, hyphens and underscores.")
            .That(all.All(c => c.Key != key), "key", "There is a category with this key already.")
            .That(IsFree(name!, all), "name", "There is a category of this name already.")
            .That(all.Count < Most, "name", $"There can be at most {Most} categories; rename one that is not used any more.");
        if (check.Refusal is { } wrong) return wrong;
        var category = new Category { Key = key, Name = name!.Trim(), Position = all.Select(c => c.Position).DefaultIfEmpty().Max() + 1 };
        db.Categories.Add(category);
        Audit.Record(db, actor, Acts.CategoryAdded, Subject(category), after: Recorded(category));
        await Save(db, tx, ct);
        return View(category);
    }

    private static Check CheckName(Check check, string? name) => check.Text("name", "The name", name, 1, LongestName).That(name?.AsSpan().IndexOfAny("\r\n\t") is null or -1, "name", "The name must be one line.");

    private static bool IsFree(string name, IEnumerable<Category> others) => !others.Any(c => string.Equals(c.Name, name.Trim(), StringComparison.OrdinalIgnoreCase));

    private static string Free(string wanted, IReadOnlyCollection<Category> all)
    {
        var stem = wanted.Length < 2 ? "category" : wanted[..Math.Min(36, wanted.Length)].TrimEnd('-');
        return Enumerable.Range(1, all.Count + 1).Select(n => n == 1 ? stem : $"{stem}-{n}").First(k => all.All(c => c.Key != k));
    }

    // One change at a time, because places depend on each other.
    private static async Task<Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction> Begin(SupportDb db, CancellationToken ct)
    {
        var tx = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Locks.Settings})", ct);
        return tx;
    }

    private async Task Save(SupportDb db, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction tx, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await tx.CommitAsync(ct);
        settings.Forget(Changed);
        signals.Send(new SettingsChanged(Changed));
    }

    private static AuditSubject Subject(Category c) => new("category", c.Key, c.Name);

    private static object Recorded(Category c) => new { c.Name, c.Position, c.Retired };

    private static CategoryView View(Category c) => new(c.Key, c.Name, c.Retired, c.Version, c.Position);

    /// <summary>Renames, moves, retires or brings back. Refused: invalid, not_found, <c>last_category</c> for the last one that is offered, <c>stale_version</c> with the category as it stands.</summary>
    public async Task<Outcome<CategoryView>> Change(Actor actor, string key, CategoryEdit edit, CancellationToken ct)
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var tx = await Begin(db, ct);
        var all = await db.Categories.OrderBy(c => c.Position).ThenBy(c => c.Key).ToListAsync(ct);
        if (all.Find(c => c.Key == key) is not { } category) return Refusal.NotFound("category");
        if (edit.Version is { } version && version != category.Version) return await Stale(db, category, ct);
        var check = new Check().That(edit.Position is null or (>= 1 and <= Most), "position", $"A place is a number from 1 to {Most}.");
        if (edit.Name is not null) CheckName(check, edit.Name).That(IsFree(edit.Name, all.Where(c => c != category)), "name", "There is a category of this name already.");
        if (check.Refusal is { } refusal) return refusal;
        if (edit.Retired == true && all.All(c => c == category || c.Retired)) return Refusal.Conflict("last_category", "New tickets need at least one category; add or bring back another one first.");
        var before = (Value: Recorded(category), View: View(category));
        (category.Name, category.Retired) = (edit.Name?.Trim() ?? category.Name, edit.Retired ?? category.Retired);
        if (edit.Position is { } place) Place(all, category, place);
        if (View(category) == before.View) return before.View;
        category.Version++;
        Audit.Record(db, actor, Acts.CategoryChanged, Subject(category), before.Value, Recorded(category));
        await Save(db, tx, ct);
        return View(category);
    }

    private static void Place(List<Category> all, Category category, int place)
    {
        all.Remove(category);
        all.Insert(Math.Min(place - 1, all.Count), category);
        for (var n = 0; n < all.Count; n++) all[n].Position = n + 1;
    }

    private static async Task<Refusal> Stale(SupportDb db, Category category, CancellationToken ct)
    {
        var last = await db.Audit.AsNoTracking().Where(e => e.SubjectKind == "category" && e.SubjectId == category.Key && e.ActorId != null).OrderByDescending(e => e.Id).FirstOrDefaultAsync(ct);
        return Settings.StaleBy(last is null ? null : new Winner(last.ActorId!.Value, last.Actor ?? "")) with { Current = View(category) };
    }
}
