namespace ModelDsl.Generator.Diagnostics;

/// <summary>What a rule is about.</summary>
internal static class Category
{
    public const string Declaration = "ModelDsl.Declaration";
    public const string Structure = "ModelDsl.Structure";
    public const string Shape = "ModelDsl.Shape";
    public const string Argument = "ModelDsl.Argument";
    public const string CallSite = "ModelDsl.CallSite";
    public const string Weights = "ModelDsl.Weights";
    public const string Advice = "ModelDsl.Advice";
}
