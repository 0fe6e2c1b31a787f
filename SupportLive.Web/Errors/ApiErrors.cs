using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Web.Errors;

/// <summary>From refusals, and from everything else that goes wrong, to <c>application/problem+json</c>. Never a stack trace.</summary>
public static class ApiErrors
{
    /// <summary>Bytes of a request body; the longest valid one (a description of 10,000 characters, escaped) fits five times.</summary>
    public const long BodyLimit = 512 * 1024;

    public static WebApplicationBuilder AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true); // so that every bad body comes by here
        builder.Services.ConfigureHttpJsonOptions(o => Wire.Configure(o.SerializerOptions));
        return builder;
    }

    public static void UseErrors(this WebApplication app)
    {
        app.UseWhen(IsApi, api => api.Use((context, next) =>
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = BodyLimit;
            return next(context);
        }));
        app.UseWhen(c => !IsApi(c), pages => pages.UseExceptionHandler("/error", createScopeForErrors: true));
        app.UseWhen(c => !IsApi(c), pages => pages.Use(OutagePage.Guard));
        app.UseWhen(IsPage, pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseWhen(IsApi, api => api.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => Write(context, Of(context.Features.Get<IExceptionHandlerFeature>()!.Error)),
            // Bad input and an absent database are answers, not bugs; only bugs are written down with their stack.
            SuppressDiagnosticsCallback = c => Of(c.Exception).Kind != RefusalKind.Failed,
        }));
        app.UseWhen(IsApi, api => api.Use(ForgetTheGone));
        app.UseWhen(IsApi, api => api.UseStatusCodePages(s => Write(s.HttpContext, Of(s.HttpContext.Response.StatusCode))));
    }

    // Whoever does not wait for the answer gets none, and it is nobody's error.
    private static async Task ForgetTheGone(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && (e is OperationCanceledException or IOException || Outage.Is(e)))
        {
            context.Abort();
        }
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private static bool IsPage(HttpContext context) => !IsApi(context) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <param name="refusal">What is said.</param>
    /// <param name="ticket">As it stands now, where that is why: <c>stale_version</c>.</param>
    public static IResult ToResult(this Refusal refusal, object? ticket = null) => new RefusalResult(refusal, ticket);

    /// <summary>200 with the value, or the refusal.</summary>
    public static IResult ToResult<T>(this Outcome<T> outcome) => outcome.Ok ? Results.Ok(outcome.Value) : outcome.Refusal.ToResult();

    internal static Task Write(HttpContext context, Refusal refusal, object? ticket = null)
    {
        var status = Status(refusal.Kind);
        context.RequestServices.GetRequiredService<Meters>().Refused(refusal.Code);
        context.Response.StatusCode = status;
        if (refusal.RetryAfter is { } pause) context.Response.Headers.RetryAfter = ((int)Math.Ceiling(pause.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var problem = new Problem("about:blank", Title(refusal.Kind), status, refusal.Code, refusal.Message, refusal.Fields, refusal.By, refusal.Instead, ticket, refusal.Current);
        return context.Response.WriteAsJsonAsync(problem, Wire.Json, "application/problem+json", context.RequestAborted);
    }

    internal static Refusal Of(Exception error) => error switch
    {
        BadHttpRequestException { StatusCode: 413 } => Of(413),
        BadHttpRequestException { InnerException: JsonException json } => Malformed(json),
        BadHttpRequestException => Refusal.Invalid("body", "The request cannot be read: a value is missing or of the wrong kind."),
        _ when Outage.Is(error) => Refusal.Busy,
        _ => new Refusal(RefusalKind.Failed, "internal_error", "Something went wrong on our side. It has been written down; please try again."),
    };

    private static Refusal Malformed(JsonException json)
    {
        var broken = json.InnerException is JsonException; // the reader's own complaint: not JSON at all
        var field = !broken && json.Path?.TrimStart('$').TrimStart('.') is { Length: > 0 } path ? path : "body";
        return Refusal.Invalid(field, field == "body" ? "The body is not valid JSON." : $"The value of {field} is not one that is known here.");
    }

    private static Refusal Of(int status) => status switch
    {
        400 => Refusal.Invalid("body", "The request cannot be read."),
        401 => new(RefusalKind.Unauthenticated, "unauthenticated", "Please log in."),
        403 => Refusal.Forbidden(),
        404 => Refusal.NotFound("thing"),
        405 => new(RefusalKind.MethodNotAllowed, "method_not_allowed", "This address does not know this method."),
        413 => new(RefusalKind.TooLarge, "too_large", $"The request is larger than {BodyLimit / 1024} KB."),
        415 => Refusal.Invalid("body", "Send the body as application/json."),
        429 => new(RefusalKind.TooMany, "rate_limited", "That was a lot at once. Please wait a moment."),
        _ => Refusal.Busy,
    };

    private static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => 400,
        RefusalKind.Unauthenticated => 401,
        RefusalKind.Forbidden => 403,
        RefusalKind.NotFound => 404,
        RefusalKind.MethodNotAllowed => 405,
        RefusalKind.Conflict => 409,
        RefusalKind.TooLarge => 413,
        RefusalKind.TooMany => 429,
        RefusalKind.Busy => 503,
        RefusalKind.Failed => 500,
        _ => throw new InvalidOperationException($"Unknown kind {kind}."),
    };

    private static string Title(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => "Invalid input",
        RefusalKind.Unauthenticated => "Not logged in",
        RefusalKind.Forbidden => "Not allowed",
        RefusalKind.NotFound => "Not found",
        RefusalKind.MethodNotAllowed => "Method not allowed",
        RefusalKind.Conflict => "Conflict",
        RefusalKind.TooLarge => "Too large",
        RefusalKind.TooMany => "Too many requests",
        RefusalKind.Busy => "Not available right now",
        RefusalKind.Failed => "Failed",
        _ => throw new InvalidOperationException($"Unknown kind {kind}."),
    };

    private sealed record Problem(string Type, string Title, int Status, string Code, string Detail, IReadOnlyDictionary<string, string[]>? Errors, Winner? By, OtherTicket? Instead, object? Ticket, object? Current);

    private sealed class RefusalResult(Refusal refusal, object? ticket = null) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, refusal, ticket);
    }
}
