namespace SupportLive.Core.Outbound.Mail;

/// <summary>The words of an installation that nobody has given other ones.</summary>
public static class DefaultTemplates
{
    private static readonly string[] Always = ["brand", "name"];
    private static readonly string[] OfTicket = [.. Always, "number", "subject", "who", "reason", "wait", "happened", "messages", "link"];
    private static readonly string[] OfAccount = [.. Always, "link", "when", "where"];

    /// <summary>What may stand in double braces.</summary>
    public static IReadOnlyList<string> Variables(string kind) => MailKinds.IsOfReports(kind) ? ReportTemplates.Variables(kind) : MailKinds.IsOfAccount(kind) ? OfAccount : OfTicket;

    public static MailTemplate Of(string kind) => kind switch
    {
        MailKinds.Received => new("[#{{number}}] We have your request: {{subject}}",
            """
            Hello {{name}},

            Thank you. Your request “{{subject}}” has arrived. Its number is #{{number}}.

            What happens next: somebody of our team takes it over and writes to you. {{wait}}

            [Open your request]({{link}})
            """),
        MailKinds.Accepted => new("[#{{number}}] {{who}} takes care of it: {{subject}}",
            """
            Hello {{name}},

            {{who}} has taken over your request “{{subject}}” and is there for you now.

            [Go to the conversation]({{link}})
            """),
        MailKinds.Rejected => new("[#{{number}}] We cannot help with this: {{subject}}",
            """
            Hello {{name}},

            We are sorry, we cannot take on your request “{{subject}}”. The reason:

            {{reason}}

            If something is missing or has changed, open the request and choose “Ask again”.

            [Open your request]({{link}})
            """),
        MailKinds.Resolved => new("[#{{number}}] Solved: {{subject}}",
            """
            Hello {{name}},

            {{who}} has marked your request “{{subject}}” as solved.

            Is it? Then there is nothing to do, and it closes by itself. If not, just write again, and it goes on.

            [Open your request]({{link}})
            """),
        MailKinds.Closed => new("[#{{number}}] Closed: {{subject}}",
            """
            Hello {{name}},

            Your request “{{subject}}” is closed: {{happened}}.

            If it comes up again, open it and choose “Ask again”.

            [Open your request]({{link}})
            """),
        MailKinds.Reopened => new("[#{{number}}] Open again: {{subject}}",
            """
            Hello {{name}},

            {{who}} has reopened your request “{{subject}}”, so we go on with it.

            [Open your request]({{link}})
            """),
        MailKinds.Escalated => new("[#{{number}}] We have not forgotten it: {{subject}}",
            """
            Hello {{name}},

            Your request “{{subject}}” has waited longer than it should, and we are sorry. Those who can help have been reminded of it; you need not do anything.

            [Open your request]({{link}})
            """),
        MailKinds.Reply => new("[#{{number}}] {{who}} wrote: {{subject}}",
            """
            Hello {{name}},

            {{who}} has written to you about “{{subject}}”:

            {{messages}}

            [Answer]({{link}})
            """),
        MailKinds.Assigned => new("[#{{number}}] Yours now: {{subject}}",
            """
            Hello {{name}},

            {{happened}}: “{{subject}}”.

            [Open the ticket]({{link}})
            """),
        MailKinds.Mention => new("{{who}} mentioned you in ticket #{{number}}: {{subject}}",
            """
            Hello {{name}},

            {{who}} mentioned you in a note on ticket #{{number}}, “{{subject}}”:

            {{messages}}

            [Open the ticket]({{link}})
            """),
        MailKinds.OfferMissed => new("[#{{number}}] Offered to you, not answered: {{subject}}",
            """
            Hello {{name}},

            “{{subject}}” was offered to you, and went on to somebody else because there was no answer in time. If you are away, say so at the top of the desk, and nothing is offered to you.

            [Open the ticket]({{link}})
            """),
        MailKinds.Escalation => new("[#{{number}}] Needs attention: {{subject}}",
            """
            Hello {{name}},

            “{{subject}}” needs attention. {{happened}}.

            [Open the ticket]({{link}})
            """),
        MailKinds.Reset => new("Choose a new password for {{brand}}",
            """
            Hello {{name}},

            Somebody, probably you, has asked for a new password. The link is good for one hour, and once.

            [Choose a new password]({{link}})

            If it was not you, do nothing: the old password stays.
            """),
        MailKinds.PasswordChanged => new("Your password for {{brand}} was changed",
            """
            Hello {{name}},

            The password of your account was changed on {{when}}. Everything that was logged in has been logged out.

            If it was not you, choose a new one at once, and tell whoever runs this site.

            [Choose a new password]({{link}})
            """),
        MailKinds.Invite => new("You are invited to {{brand}}",
            """
            Hello {{name}},

            There is an account for you at {{brand}}. Choose a password, and you are in. The link is good for seven days, and once.

            [Accept the invitation]({{link}})
            """),
        MailKinds.NewSignIn => new("New log-in at {{brand}}",
            """
            Hello {{name}},

            Somebody has logged in to your account from a browser that we have not seen before: {{where}}, on {{when}}.

            If it was you, there is nothing to do. If not, choose a new password at once.

            [Choose a new password]({{link}})
            """),
        MailKinds.Confirm => new("Is this your address?",
            """
            Hello {{name}},

            Welcome to {{brand}}. Please say that this address is yours, so that nobody else gets your mails.

            [Yes, it is mine]({{link}})
            """),
        MailKinds.Report or MailKinds.Summary => ReportTemplates.Of(kind),
        _ => throw new InvalidOperationException($"There is no mail {kind}."),
    };
}
