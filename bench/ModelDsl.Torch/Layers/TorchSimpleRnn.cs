namespace ModelDsl.Torch.Layers;

internal sealed class TorchSimpleRnn : ITorchLayer<SimpleRnnAttribute>
{
    private readonly RNN _module;
    private readonly TorchRecurrence _recurrence;

    public TorchSimpleRnn(SimpleRnnAttribute attribute, TorchLayerContext context)
    {
        _recurrence = new TorchRecurrence(attribute.ReturnSequences, attribute.GoBackwards);
        nn.NonLinearities function = attribute.Activation == RecurrentActivation.Relu
            ? nn.NonLinearities.ReLU
            : nn.NonLinearities.Tanh;
        _module = nn.RNN(context.Shape[1], attribute.Units, 1, function, bias: attribute.UseBias, batchFirst: true);
        TorchRecurrence.Adopt(attribute, context.NameOf(attribute, "simpleRnn"), context, _module, hasTwoBiases: false);
        context.Shape = _recurrence.Shape(context.Shape, attribute.Units);
    }

    public Tensor Forward(Tensor input) => _recurrence.Forward(input, sequence => _module.call(sequence).Item1);
}
