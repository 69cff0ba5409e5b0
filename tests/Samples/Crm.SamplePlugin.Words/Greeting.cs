namespace Crm.SamplePlugin.Words;

/// <summary>In a library that only the plugin has, so that it comes from the plugin's folder.</summary>
public static class Greeting
{
    public static string Text => "The sample says hello";
}
