using Microsoft.AspNetCore.SignalR;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Web.Live;

/// <summary>
/// What fails because the database is away gets the refusal "busy", as by REST, or a line that is cut and comes again; what fails
/// because the client has gone is nobody's error. Neither is written down as one.
/// </summary>
public sealed class OutageFilter(Meters meters, ILogger<OutageFilter> log) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            var answer = await next(invocationContext);
            if (answer is Reply { Refusal.Code: { } code }) meters.Refused(code);
            return answer;
        }
        catch (Exception e) when (Outage.Is(e) || IsGone(invocationContext.Context, e))
        {
            log.LogDebug("{Method} was refused because the database does not answer, or the client has gone: {Reason}", invocationContext.HubMethodName, e.Message);
            meters.Refused(Refusal.Busy.Code);
            return Reply.No(Refusal.Busy);
        }
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (Outage.Is(e) || IsGone(context.Context, e))
        {
            log.LogDebug("A connection was not let in because the database does not answer, or the client has gone: {Reason}", e.Message);
            context.Context.Abort(); // not closed with an error: the client tries again, here or elsewhere
        }
    }

    private static bool IsGone(HubCallerContext context, Exception e) =>
        context.ConnectionAborted.IsCancellationRequested && (e is OperationCanceledException or ObjectDisposedException or IOException or HubException);
}
