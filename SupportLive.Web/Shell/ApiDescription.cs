using SupportLive.Web.Accounts;

namespace SupportLive.Web.Shell;

/// <summary>The description of the REST interface, for programs and, at <c>/docs</c>, for people.</summary>
public static class ApiDescription
{
    public static WebApplicationBuilder AddApiDescription(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi("v1", o => o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "SupportLive";
            document.Info.Description = "Live support desk. Log in at /api/auth/login, send the access token as a bearer token. Live events come by SignalR at /hubs/support.";
            return Task.CompletedTask;
        }));
        return builder;
    }

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(Policies.Anyone);
        app.UseSwaggerUI(o =>
        {
            o.RoutePrefix = "docs";
            o.SwaggerEndpoint("/openapi/v1.json", "SupportLive");
            o.DocumentTitle = "SupportLive API";
        });
    }
}
