using ModelDsl.Tests.Reference.Layers;

namespace ModelDsl.Tests.Reference.Methods;

// Recurrent layers that take a state and return one.
public sealed partial class ReferenceTensor
{
    public (ReferenceTensor Outputs, ReferenceTensor State) GruWithState(
        int units,
        ReferenceTensor? initialState = null,
        bool goBackwards = false,
        bool useBias = true,
        Unrolling unroll = Unrolling.Automatic,
        string? name = null,
        bool frozen = false)
    {
        (ReferenceTensor outputs, ReferenceTensor hidden, _) = Recur(
            new GruAttribute(units)
            {
                GoBackwards = goBackwards,
                UseBias = useBias,
                Unroll = unroll,
                Name = name,
                Frozen = frozen,
            },
            initialState,
            null);
        return (outputs, hidden);
    }

    public (ReferenceTensor Outputs, ReferenceTensor State) SimpleRnnWithState(
        int units,
        ReferenceTensor? initialState = null,
        RecurrentActivation activation = RecurrentActivation.Tanh,
        bool goBackwards = false,
        bool useBias = true,
        Unrolling unroll = Unrolling.Automatic,
        string? name = null,
        bool frozen = false)
    {
        (ReferenceTensor outputs, ReferenceTensor hidden, _) = Recur(
            new SimpleRnnAttribute(units)
            {
                Activation = activation,
                GoBackwards = goBackwards,
                UseBias = useBias,
                Unroll = unroll,
                Name = name,
                Frozen = frozen,
            },
            initialState,
            null);
        return (outputs, hidden);
    }

    public (ReferenceTensor Outputs, (ReferenceTensor Hidden, ReferenceTensor Cell) State) LstmWithState(
        int units,
        (ReferenceTensor Hidden, ReferenceTensor Cell)? initialState = null,
        bool goBackwards = false,
        bool useBias = true,
        Unrolling unroll = Unrolling.Automatic,
        string? name = null,
        bool frozen = false)
    {
        (ReferenceTensor outputs, ReferenceTensor hidden, ReferenceTensor cell) = Recur(
            new LstmAttribute(units)
            {
                GoBackwards = goBackwards,
                UseBias = useBias,
                Unroll = unroll,
                Name = name,
                Frozen = frozen,
            },
            initialState?.Hidden,
            initialState?.Cell);
        return (outputs, (hidden, cell));
    }

    private (ReferenceTensor Outputs, ReferenceTensor Hidden, ReferenceTensor State) Recur(
        RecurrentAttribute attribute, ReferenceTensor? hidden, ReferenceTensor? state)
    {
        ReferenceContext context = Graph!.Context;
        context.Shape = Shape;
        var layer = (IReferenceRecurrence)context.CreateLayer(attribute);
        int units = attribute.Units, outputs = Shape[0] * units;
        var all = new ReferenceTensor(
            Graph, [outputs + (2 * units)], isFixed: false, batch =>
            [
                .. layer.Run([.. Of(batch).SelectMany(x => x)], hidden?.Of(batch), state?.Of(batch))
                    .Select(sample => (double[])[.. sample.Outputs, .. sample.Hidden, .. sample.State]),
            ]);
        return (
            all.Slice(0, outputs).Reshape(Shape[0], units),
            all.Slice(outputs, outputs + units),
            all.Slice(outputs + units, outputs + (2 * units)));
    }
}
