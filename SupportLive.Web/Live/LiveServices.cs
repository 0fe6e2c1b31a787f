using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using SupportLive.Core.Live;
using SupportLive.Web.Accounts;

namespace SupportLive.Web.Live;

/// <summary>The hub and its connections.</summary>
public static class LiveServices
{
    public static WebApplicationBuilder AddLive(this WebApplicationBuilder builder)
    {
        // A line that breaks while it is written to is logged as an error there; here it is an ordinary Tuesday.
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR.HubConnectionContext", LogLevel.Critical);
        builder.Services.AddSignalR().AddJsonProtocol(o => Wire.Configure(o.PayloadSerializerOptions)).AddHubOptions<SupportHub>(o =>
        {
            o.MaximumReceiveMessageSize = SupportHub.MessageLimit;
            o.AddFilter<OutageFilter>();
            o.SupportedProtocols = ["json"];
        });
        builder.Services.AddSingleton<LenientProtocol>();
        builder.Services.AddSingleton<IHubProtocol>(sp => sp.GetRequiredService<LenientProtocol>());
        builder.Services.AddSingleton<HubClients>().AddSingleton<OutageFilter>().AddHostedService<HubHeartbeat>().AddHostedService<Farewell>();
        return builder;
    }

    public static void MapLive(this WebApplication app)
    {
        app.MapHub<SupportHub>(SupportHub.Route).RequireAuthorization(Policies.SignedIn);
        app.Services.GetRequiredService<Meters>().Count(app.Services.GetRequiredService<HubClients>().Connections);
    }
}
