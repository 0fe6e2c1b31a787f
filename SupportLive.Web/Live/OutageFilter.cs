using Microsoft.AspNetCore.SignalR;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Web.Live;

/// <summary>A call that fails because the database is away gets the refusal "busy", as by REST, and not a bare error.</summary>
public sealed class OutageFilter(ILogger<OutageFilter> log) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception e) when (Outage.Is(e))
        {
            log.LogDebug("{Method} was refused because the database does not answer: {Reason}", invocationContext.HubMethodName, e.Message);
            return Reply.No(Refusal.Busy);
        }
    }
}
