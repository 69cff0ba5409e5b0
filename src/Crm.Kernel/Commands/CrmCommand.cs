namespace Crm.Kernel.Commands;

/// <summary>One command of the program: what it is called, what it must be told, what it does. Runs in the server, or in the program itself when none runs.</summary>
internal abstract class CrmCommand
{
    /// <summary>The words that call it: <c>user add</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence for the help.</summary>
    public abstract string Summary { get; }

    /// <summary>Its arguments and options, in the order of the help.</summary>
    public virtual IReadOnlyList<CommandInput> Inputs => [];

    public virtual CommandPlace Place => CommandPlace.Anywhere;

    public abstract Task RunAsync(CommandRun run, CancellationToken ct);
}

/// <summary>Where a command may run.</summary>
internal enum CommandPlace
{
    /// <summary>In the server when one runs, else in the program itself on a database that is brought up to date first.</summary>
    Anywhere,

    /// <summary>Only while no server runs, on the database as it is.</summary>
    Alone,

    /// <summary>In the program itself, without any database.</summary>
    Here,
}

/// <summary>What an argument or option holds.</summary>
internal enum InputKind
{
    Text,

    Number,

    Flag,

    /// <summary>Text that may be given as <c>-</c> and is then read from standard input.</summary>
    Secret,

    /// <summary>A file that the command reads; it is opened where the command was typed.</summary>
    FileIn,

    /// <summary>A small text file whose content the command is given.</summary>
    FileText,

    /// <summary>A file that the command writes; it is made where the command was typed.</summary>
    FileOut,
}

/// <summary>An argument (without dashes) or option of a command.</summary>
internal sealed record CommandInput(string Name, InputKind Kind, string Description, bool IsRequired = false, bool IsArgument = false);
