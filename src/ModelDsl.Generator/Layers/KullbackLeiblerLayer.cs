namespace ModelDsl.Generator.Layers;

/// <summary>The divergence of each row, a distribution or its logarithm, from its target.</summary>
internal sealed class KullbackLeiblerLayer : LossLayer
{
    private const string Option = nameof(KullbackLeiblerAttribute.FromProbabilities);

    public override string Kind => "KullbackLeibler";

    protected override bool Check(LayerContext layer)
    {
        if (!layer.Input.IsVector)
        {
            layer.Report(LossNeedsVector.Message(Kind, layer.Input, layer.InputOrigin, Remedies.ForScores(layer)));
            return false;
        }

        bool fromProbabilities = layer.Arguments<KullbackLeiblerAttribute>().FromProbabilities;
        string wrong = fromProbabilities ? "LogSoftmax" : "Softmax";
        if (layer.SourceLayer?.Declaration.Kind == wrong)
        {
            (string takes, string gives) = fromProbabilities
                ? ("probabilities", "their logarithms")
                : ("logarithms of probabilities", "the probabilities themselves");
            string repair = fromProbabilities ? "false" : "true";
            layer.Report(
                DivergenceOfTheOther.Message(takes, wrong, gives, Option, repair), fromProbabilities ? Option : null);
        }

        return true;
    }

    protected override IEnumerable<Argument> Options(BoundLayer layer) =>
        [Argument.Named("fromProbabilities", layer.Arguments<KullbackLeiblerAttribute>().FromProbabilities)];
}
