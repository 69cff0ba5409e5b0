using Crm.Abstractions.Pages;
using Crm.Abstractions.Security;

namespace Crm.Kernel.MyDay;

/// <summary>What is new for the reader.</summary>
internal sealed class NoticesTile : Widget
{
    public override string Name => "core.notices";

    public override string Title => "What is new";

    public override string Icon => "bell";

    public override string Permission => Everybody;

    public override string Url => "/day/notices";

    /// <summary>No permission: everybody who is signed in has it.</summary>
    internal const string Everybody = "";
}

/// <summary>The reader's records that were changed lately.</summary>
internal sealed class MineTile : Widget
{
    public override string Name => "core.mine";

    public override string Title => "Mine, changed lately";

    public override string Icon => "user-check";

    public override string Permission => NoticesTile.Everybody;

    public override string Url => "/day/mine";
}

/// <summary>Records of others that were changed lately.</summary>
internal sealed class OthersTile : Widget
{
    public override string Name => "core.others";

    public override string Title => "Of others, changed lately";

    public override string Icon => "users";

    public override string Permission => NoticesTile.Everybody;

    public override string Url => "/day/others";
}
