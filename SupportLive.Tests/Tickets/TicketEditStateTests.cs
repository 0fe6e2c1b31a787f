using SupportLive.Core.Tickets;
using SupportLive.Web.Tickets;
using Xunit;

namespace SupportLive.Tests.Tickets;

/// <summary>Two people edit one ticket: nobody's typing is lost and nobody's change is overwritten unseen.</summary>
public sealed class TicketEditStateTests
{
    private static TicketSnapshot Before { get; } = Cast.Shown(Cast.OpenTicket()) with { Subject = "Help", Category = "general", Priority = TicketPriority.Low, Tags = ["a", "b"], Version = 5 };

    [Fact]
    public void Only_what_is_different_is_saved_with_the_version_it_was_decided_on()
    {
        var form = new TicketEditState(Before);
        Assert.Null(form.Changes());

        form.Priority = TicketPriority.High;
        form.AddTags(" C, b ,");
        form.RemoveTag("a");

        var edit = form.Changes()!;
        Assert.Equal((null, null, TicketPriority.High, null, 5), (edit.Subject, edit.Category, edit.Priority, edit.Tags, edit.Version));
        Assert.Equal("+c -a", $"+{string.Join(' ', edit.AddTags!)} -{string.Join(' ', edit.RemoveTags!)}");
    }

    [Fact]
    public void What_others_change_is_taken_over_where_nothing_was_typed()
    {
        var form = new TicketEditState(Before) { Subject = "Help me" };

        form.Apply(Before with { Priority = TicketPriority.Urgent, Tags = ["b", "new"], Version = 6 });

        Assert.Equal(("Help me", TicketPriority.Urgent, "b new"), (form.Subject, form.Priority, string.Join(' ', form.Tags)));
        Assert.False(form.IsOvertaken);
        Assert.Equal(new TicketEdit("Help me", Version: 6), form.Changes());
    }

    [Fact]
    public void Where_both_changed_the_same_the_typed_text_stays_and_the_other_is_told()
    {
        var form = new TicketEditState(Before) { Subject = "Help me" };

        form.Apply(Before with { Subject = "Help them", Version = 6 });

        Assert.Equal(("Help me", "“Help them”", 6), (form.Subject, form.Meanwhile("subject"), form.Changes()!.Version));
        form.Apply(Before with { Subject = "Help me", Version = 7 });
        Assert.Equal((null, null), (form.Meanwhile("subject"), form.Changes()));
    }

    [Fact]
    public void Tags_of_two_people_add_up_and_what_one_removed_stays_away()
    {
        var form = new TicketEditState(Before);
        form.AddTags("mine");
        form.RemoveTag("a");

        form.Apply(Before with { Tags = ["a", "b", "theirs"], Version = 6 });

        Assert.Equal(["b", "theirs", "mine"], form.Tags);
    }

    [Fact]
    public void An_older_state_that_arrives_late_changes_nothing()
    {
        var form = new TicketEditState(Before);

        form.Apply(Before with { Subject = "Long ago", Version = 4 });

        Assert.Equal("Help", form.Subject);
    }
}
