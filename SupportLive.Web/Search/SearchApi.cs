using System.Globalization;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Search;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Search;

/// <summary><c>/api/search</c>.</summary>
public static class SearchApi
{
    public static void MapSearch(this WebApplication app) =>
        app.MapGet("/api/search", Search).WithTags("Search").RequireAuthorization(Policies.SignedIn).Produces<SearchPage>();

    private static async Task<IResult> Search(HttpContext context, SearchQueries search, CancellationToken ct)
    {
        var query = context.Request.Query;
        var limit = 20;
        if (query["limit"] is [{ Length: > 0 } text] && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)) return Refusal.Invalid("limit", "The limit is a number.").ToResult();
        return (await search.Search(context.Actor(), query["q"], limit, query["cursor"], ct)).ToResult();
    }
}
