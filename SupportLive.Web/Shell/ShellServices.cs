namespace SupportLive.Web.Shell;

public static class ShellServices
{
    public static WebApplicationBuilder AddShell(this WebApplicationBuilder builder)
    {
        return builder;
    }

    public static void MapShell(this WebApplication app)
    {
    }
}
