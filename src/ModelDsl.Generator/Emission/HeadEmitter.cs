using ModelDsl.Generator.Common;
using ModelDsl.Generator.Lowering;

namespace ModelDsl.Generator.Emission;

/// <summary>Writes the members that a model with several heads has besides the others.</summary>
internal static class HeadEmitter
{
    public static void Write(CodeWriter code, LoweredModel model)
    {
        code.Line("/// <inheritdoc />");
        code.Line("public global::System.ReadOnlySpan<float> HeadLosses => _modelState.Heads.Losses;");
        for (int i = 0; i < model.Heads.Count; i++)
        {
            Head head = model.Heads[i];
            code.Separate();
            code.Line($"/// <summary>The outputs of {head.Name} for the last batch, one sample after the other, valid until the next call.</summary>");
            code.Line($"[{SurfaceEmitter.ShapeAttribute}({head.Output.Shape.ToString(", ")}, Batch = true)]");
            code.Line($"public global::System.ReadOnlySpan<float> {ModelMembers.HeadOutputs(head.Name)} => _modelState.Heads.Outputs({i});");
        }
    }

    /// <summary>The outputs of a head for kernels.</summary>
    public static string View(Head head, IReadOnlyList<Head> heads) => $"_modelState.Heads.View({heads.ToList().IndexOf(head)})";

    /// <summary>A head as the model's description has it.</summary>
    public static string Description(Head head)
    {
        string[] properties =
        [
            .. head.Weight == 1f ? (string[])[] : [$"Weight = {Literal.Of(head.Weight)}"],
            .. head.Loss.Properties(head.Layer),
        ];
        string end = properties.Length == 0 ? "" : $" {{ {string.Join(", ", properties)} }}";
        string shape = SurfaceEmitter.Shape(head.Output.Shape);
        return $"new({Literal.Of(head.Name)}, {shape}, global::ModelDsl.LossKind.{head.Loss.Kind}){end}";
    }
}
