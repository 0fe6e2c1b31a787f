using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using SupportLive.Core.Accounts;
using SupportLive.Web.Accounts;

namespace SupportLive.Tests.Nodes;

/// <summary>A circuit of one person on a real node, as far as components need one.</summary>
public sealed class Circuit : IAsyncDisposable
{
    private readonly BunitContext context;
    private readonly AsyncServiceScope scope;
    private readonly Task<AuthenticationState> who;

    private Circuit(BunitContext context, AsyncServiceScope scope, Task<AuthenticationState> who) => (this.context, this.scope, this.who) = (context, scope, who);

    /// <param name="time">The pages' clock, where it shall not be the node's.</param>
    public static async Task<Circuit> Of(TestNode node, Person person, TimeProvider? time = null)
    {
        var services = node.App.Services.CreateAsyncScope();
        var bunit = new BunitContext();
        var known = new Known(new AuthenticationState(Principals.From((await node.The<Actors>().Find(person.Id))!, "test")));
        bunit.Services.AddSingleton<AuthenticationStateProvider>(known);
        bunit.Services.AddScoped(sp => new CurrentActor(sp.GetRequiredService<AuthenticationStateProvider>(), node.The<Actors>())).AddRadzenComponents();
        if (time is not null) bunit.Services.AddSingleton(time);
        bunit.Services.AddFallbackServiceProvider(services.ServiceProvider);
        bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        bunit.JSInterop.SetupModule(_ => true).SetupModule(_ => true);
        bunit.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return new Circuit(bunit, services, known.GetAuthenticationStateAsync());
    }

    public IRenderedComponent<T> Render<T>(Action<ComponentParameterCollectionBuilder<T>> with) where T : IComponent =>
        context.Render<T>(p =>
        {
            with(p);
            p.AddCascadingValue(who);
        });

    /// <summary>How often the page has asked the browser to load it anew.</summary>
    public int Reloads => ((BunitNavigationManager)context.Services.GetRequiredService<NavigationManager>()).History.Count(n => n.Options.ForceLoad);

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        await scope.DisposeAsync();
    }

    private sealed class Known(AuthenticationState state) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(state);
    }
}
