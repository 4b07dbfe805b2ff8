using ModelDsl.Onnx.Format;

namespace Benchmarks.Bench.Data;

/// <summary>
/// The trained weights of MLPerf Tiny's reference models as ONNX: <c>ic.onnx</c>, <c>vww.onnx</c> and <c>ad.onnx</c>,
/// for images of one sample with the channels last. Without them a row's weights are drawn.
/// </summary>
internal sealed class MlperfTinyFolder(string? path)
{
    /// <summary>Reads a model and ends it before its softmax, as ours ends; null where there is none.</summary>
    public ModelProto? Find(string file)
    {
        if (path is null || Path.Combine(path, file) is not { } full || !File.Exists(full))
        {
            return null;
        }

        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(full));
        GraphProto graph = model.Graph;
        ValueInfoProto output = graph.Output.Single();
        while (graph.Node.Single(node => node.Output.Contains(output.Name)) is { OpType: "Softmax" or "Identity" } last)
        {
            output.Name = last.Input.Single();
            graph.Node.Remove(last);
        }

        return model;
    }
}
